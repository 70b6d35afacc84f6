// The text form of Mu IR (.uir), as docs/uir.md describes it. Types and signatures may stand inline wherever a name may.
parser grammar MuIRParser;
options { tokenVocab = MuIRLexer; }

bundle: definition* EOF;

definition
    : '.typedef' GLOBAL '=' typeConstructor                                  # TypeDefinition
    | '.funcsig' GLOBAL '=' signature                                        # SignatureDefinition
    | '.const' GLOBAL '<' type '>' '=' constant                              # ConstantDefinition
    | '.global' GLOBAL '<' type '>'                                          # GlobalDefinition
    | '.funcdecl' GLOBAL '<' signatureRef '>'                                # FunctionDeclaration
    | '.expose' GLOBAL '=' function=GLOBAL FLAG cookie=GLOBAL                # ExposeDefinition
    | '.funcdef' GLOBAL ('VERSION' version=name)? '<' signatureRef '>' '{' block* '}' # FunctionDefinition
    ;

name: GLOBAL | LOCAL;
type: GLOBAL | typeConstructor;
typeConstructor
    : 'int' '<' INT '>'                                                      # IntConstructor
    | simple=('float' | 'double' | 'void' | 'tagref64' | 'threadref' | 'stackref' | 'framecursorref' | 'irbuilderref') # SimpleConstructor
    | kind=('ref' | 'iref' | 'weakref' | 'uptr') '<' type '>'                # ReferenceConstructor
    | kind=('funcref' | 'ufuncptr') '<' signatureRef '>'                     # FunctionReferenceConstructor
    | 'struct' '<' type* '>'                                                 # StructConstructor
    | 'hybrid' '<' type+ '>'                                                 # HybridConstructor
    | kind=('array' | 'vector') '<' type INT '>'                             # SequenceConstructor
    ;
signatureRef: GLOBAL | signature;
signature: '(' typeList ')' '->' '(' typeList ')';
typeList: type*;

constant
    : INT                                                                    # IntLiteral
    | FP                                                                     # FPLiteral
    | kind=('bitsf' | 'bitsd') '(' INT ')'                                   # FPBits
    | 'NULL'                                                                 # NullLiteral
    | '{' GLOBAL* '}'                                                        # CompositeLiteral
    | 'EXTERN' STRING                                                        # ExternLiteral
    | 'tagref' 'int' INT                                                     # TagRefInt
    | 'tagref' 'double' FP                                                   # TagRefDouble
    | 'tagref' 'null' INT                                                    # TagRefNull
    ;

block: label=name '(' parameter* ')' ('[' caught=name ']')? cold='COLD'? ':' instruction*;
parameter: '<' type '>' name;
instruction: results? ('[' site=name? tag=INT? ']')? operation exceptionClause? keepAlive?;
results: name '=' | '(' name* ')' '=';
exceptionClause: 'EXC' '(' destination destination ')';
keepAlive: 'KEEPALIVE' '(' value* ')';
destination: name '(' value* ')';
value: GLOBAL | LOCAL;
arguments: '(' value* ')';
newStack: 'PASS_VALUES' '<' typeList '>' arguments | 'THROW_EXC' value;
switchCase: GLOBAL destination;

operation
    : BINOP ('[' FLAG* ']')? '<' type '>' value value                        # Binary
    | COMPARE '<' type '>' value value                                       # Compare
    | CONVERT '<' type type '>' value                                        # Convert
    | 'SELECT' '<' type type '>' value value value                           # Select
    | 'BRANCH' destination                                                   # Branch
    | 'BRANCH2' value destination destination                                # Branch2
    | 'SWITCH' '<' type '>' value destination '{' switchCase* '}'            # Switch
    | op=('CALL' | 'TAILCALL') '<' signatureRef '>' value arguments          # Call
    | 'RET' (arguments | value)?                                             # Return
    | 'THROW' value                                                          # Throw
    | 'EXTRACTVALUE' '<' type INT '>' value                                  # ExtractValue
    | 'INSERTVALUE' '<' type INT '>' value value                             # InsertValue
    | 'EXTRACTELEMENT' '<' type type '>' value value                         # ExtractElement
    | 'INSERTELEMENT' '<' type type '>' value value value                    # InsertElement
    | 'SHUFFLEVECTOR' '<' type type '>' value value value                    # ShuffleVector
    | op=('NEW' | 'ALLOCA') '<' type '>'                                     # New
    | op=('NEWHYBRID' | 'ALLOCAHYBRID') '<' type type '>' value              # NewHybrid
    | 'GETIREF' '<' type '>' value                                           # GetIRef
    | 'GETFIELDIREF' PTR? '<' type INT '>' value                             # GetFieldIRef
    | 'GETELEMIREF' PTR? '<' type type '>' value value                       # GetElemIRef
    | 'SHIFTIREF' PTR? '<' type type '>' value value                         # ShiftIRef
    | 'GETVARPARTIREF' PTR? '<' type '>' value                               # GetVarPartIRef
    | 'LOAD' PTR? ORDER? '<' type '>' value                                  # Load
    | 'STORE' PTR? ORDER? '<' type '>' value value                           # Store
    | 'CMPXCHG' PTR? weak='WEAK'? ORDER ORDER '<' type '>' value value value # CompareExchange
    | 'ATOMICRMW' PTR? ORDER (RMWOP | BINOP) '<' type '>' value value        # AtomicRmw
    | 'FENCE' ORDER                                                          # Fence
    | 'TRAP' '<' typeList '>'                                                # Trap
    | 'WATCHPOINT' INT '<' typeList '>' destination destination ('WPEXC' '(' destination ')')? # Watchpoint
    | 'WPBRANCH' INT destination destination                                 # WatchpointBranch
    | 'CCALL' FLAG '<' type signatureRef '>' value arguments                 # CCall
    | 'SWAPSTACK' value ('RET_WITH' '<' typeList '>' | 'KILL_OLD') newStack  # SwapStack
    | 'NEWTHREAD' value ('THREADLOCAL' '(' value ')')? newStack              # NewThread
    | 'COMMINST' GLOBAL ('[' FLAG* ']')? ('<' typeList '>')? ('<' '[' signatureRef* ']' '>')? arguments? # Common
    ;
