using Mu.Core.Api;
using Mu.Core.Compiler.Code;
using Mu.Core.IR;

namespace Mu.Core.Threads;

/// <summary>Turns function versions into machine code.</summary>
internal interface ICodeGenerator
{
    /// <summary>Compiles a version; the caller adds the code to the code map and installs it.</summary>
    CompiledFunction Compile(FunctionVersion version);

    /// <summary>What has been compiled.</summary>
    CompilerStatistics Statistics { get; }
}
