// The words of Lua 5.4 (manual, section 3.1). The input is bytes; every byte above 0x7E arrives as 0x7F (see ByteCharStream).
lexer grammar LuaLexer;

AND: 'and'; BREAK: 'break'; DO: 'do'; ELSE: 'else'; ELSEIF: 'elseif'; END: 'end'; FALSE: 'false'; FOR: 'for';
FUNCTION: 'function'; GOTO: 'goto'; IF: 'if'; IN: 'in'; LOCAL: 'local'; NIL: 'nil'; NOT: 'not'; OR: 'or';
REPEAT: 'repeat'; RETURN: 'return'; THEN: 'then'; TRUE: 'true'; UNTIL: 'until'; WHILE: 'while';

PLUS: '+'; MINUS: '-'; STAR: '*'; SLASH: '/'; PERCENT: '%'; CARET: '^'; HASH: '#'; AMPERSAND: '&'; TILDE: '~'; PIPE: '|';
SHIFT_LEFT: '<<'; SHIFT_RIGHT: '>>'; DOUBLE_SLASH: '//'; EQUAL: '=='; NOT_EQUAL: '~='; LESS_EQUAL: '<='; GREATER_EQUAL: '>=';
LESS: '<'; GREATER: '>'; ASSIGN: '='; OPEN_PAREN: '('; CLOSE_PAREN: ')'; OPEN_BRACE: '{'; CLOSE_BRACE: '}';
OPEN_BRACKET: '['; CLOSE_BRACKET: ']'; DOUBLE_COLON: '::'; SEMICOLON: ';'; COLON: ':'; COMMA: ','; DOT: '.';
CONCAT: '..'; ELLIPSIS: '...';

NAME: [a-zA-Z_] [a-zA-Z_0-9]*;

// As wide as PUC's reader: what looks like a number is one token, and its text is judged afterwards ("malformed number").
NUMBER
    : '0' [xX] ([pP] [+-]? | [0-9a-oq-zA-OQ-Z_.])*
    | '0' (([eE] [+-]? | [0-9a-df-wyzA-DF-WYZ_.]) NumberTail*)?
    | [1-9] NumberTail*
    | '.' [0-9] NumberTail*
    ;
fragment NumberTail: [eE] [+-]? | [0-9a-df-zA-DF-Z_.];

// Escapes are judged afterwards too; here only what decides where the string ends.
STRING
    : '"' (~["\\\r\n] | Escape)* '"'
    | '\'' (~['\\\r\n] | Escape)* '\''
    ;
fragment Escape: '\\' ('z' [ \t\u000B\f\r\n]* | '\r' '\n'? | '\n' '\r'? | ~[z\r\n]);

LONG_STRING: '[' LongBody ']';
fragment LongBody: '=' LongBody '=' | '[' .*? ']';

LONG_COMMENT: '--[' LongBody ']' -> skip;
// A comment that starts like a long one but has no second bracket is a short one.
COMMENT: '--' ('[' '='* ~[[=\r\n] ~[\r\n]* | '[' '='* | ~[[\r\n] ~[\r\n]*)? -> skip;
SPACE: [ \t\u000B\f\r\n]+ -> skip;
