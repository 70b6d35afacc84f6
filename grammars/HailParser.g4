// HAIL scripts, as docs/hail.md describes them.
parser grammar HailParser;
options { tokenVocab = HailLexer; }

script: statement* EOF;

statement
    : '.new' OBJECT '<' GLOBAL '>'                                           # NewObject
    | '.newhybrid' OBJECT '<' GLOBAL '>' number                              # NewHybridObject
    | '.init' place '=' initial                                              # Initialisation
    ;

number: INT | GLOBAL;
place: root=(GLOBAL | OBJECT) ('[' number ']')*;

initial
    : INT                                                                    # IntInitial
    | FP                                                                     # FPInitial
    | kind=('bitsf' | 'bitsd') '(' INT ')'                                   # BitsInitial
    | 'NULL'                                                                 # NullInitial
    | GLOBAL                                                                 # GlobalInitial
    | OBJECT                                                                 # ObjectInitial
    | '&' place                                                              # AddressInitial
    | '*' place                                                              # ContentsInitial
    | '{' initial* '}'                                                       # ListInitial
    ;
