using Mu.ClientLib.Building;
using Mu.Core.IR;
using Mu.Core.Types;
using Mu.RPython.Annotation;
using Mu.RPython.Runtime;

namespace Mu.RPython.Lowering;

// Threads (rlib.rthread).
internal sealed partial class FunctionLowering
{
    private Value StartThread(AnnotatedFunction target)
    {
        var main = program.ThreadMain(target, made =>
        {
            var s = new FunctionBuilder(program.Bundle, made);
            var handler = s.NewHandler();
            using (s.Try(handler))
            {
                s.Call(program.FunctionOf(target));
                s.ThreadExit();
            }
            s.Place(handler);
            s.CCall(NativeConvention.Runtime, Leaves.Find("thread_failed")!, s.CastRef(handler.Exception, TypeMap.ObjectRef));
            s.ThreadExit();
            s.Finish();
        });
        var number = Leaf("next_thread")[0];
        var self = b.New(TypeMap.Thread);
        b.StoreField(self, 0, number);
        b.NewThread(b.NewStack(main), b.CastRef(self, WellKnownTypes.RefVoid));
        return number;
    }

    private Value ThreadNumber()
    {
        Label first = b.NewLabel(), other = b.NewLabel(), end = b.NewLabel();
        var result = b.AddParameter(end, IntType.I64);
        var self = b.CastRef(b.Common(CommonOp.GetThreadLocal)!, TypeMap.ThreadRef);
        b.Branch(b.IsNull(self), first, other);
        b.PlaceSealed(first);
        b.Jump(end, b.Int64(1));
        b.PlaceSealed(other);
        b.Jump(end, b.LoadField(self, 0));
        b.PlaceSealed(end);
        return result;
    }
}
