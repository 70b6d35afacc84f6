// The words of Python 2.7 (Language Reference, chapter 2). The input is bytes, one character each. Line ends are tokens; indentation is made of them
// by the token source (IndentingTokenSource), which also drops line ends inside brackets.
lexer grammar RPythonLexer;

tokens { INDENT, DEDENT }

AND: 'and'; AS: 'as'; ASSERT: 'assert'; BREAK: 'break'; CLASS: 'class'; CONTINUE: 'continue'; DEF: 'def'; DEL: 'del';
ELIF: 'elif'; ELSE: 'else'; EXCEPT: 'except'; EXEC: 'exec'; FINALLY: 'finally'; FOR: 'for'; FROM: 'from'; GLOBAL: 'global';
IF: 'if'; IMPORT: 'import'; IN: 'in'; IS: 'is'; LAMBDA: 'lambda'; NOT: 'not'; OR: 'or'; PASS: 'pass'; PRINT: 'print';
RAISE: 'raise'; RETURN: 'return'; TRY: 'try'; WHILE: 'while'; WITH: 'with'; YIELD: 'yield';

OPEN_PAREN: '('; CLOSE_PAREN: ')'; OPEN_BRACKET: '['; CLOSE_BRACKET: ']'; OPEN_BRACE: '{'; CLOSE_BRACE: '}';
COMMA: ','; COLON: ':'; SEMICOLON: ';'; DOT: '.'; AT: '@'; BACKTICK: '`';
ASSIGN: '='; PLUS_ASSIGN: '+='; MINUS_ASSIGN: '-='; STAR_ASSIGN: '*='; SLASH_ASSIGN: '/='; DOUBLE_SLASH_ASSIGN: '//=';
PERCENT_ASSIGN: '%='; AND_ASSIGN: '&='; OR_ASSIGN: '|='; XOR_ASSIGN: '^='; SHIFT_LEFT_ASSIGN: '<<='; SHIFT_RIGHT_ASSIGN: '>>=';
POWER_ASSIGN: '**=';
PLUS: '+'; MINUS: '-'; STAR: '*'; POWER: '**'; SLASH: '/'; DOUBLE_SLASH: '//'; PERCENT: '%'; AMPERSAND: '&'; PIPE: '|';
CARET: '^'; TILDE: '~'; SHIFT_LEFT: '<<'; SHIFT_RIGHT: '>>';
LESS: '<'; GREATER: '>'; LESS_EQUAL: '<='; GREATER_EQUAL: '>='; EQUAL: '=='; NOT_EQUAL: '!=' | '<>';

STRING: StringPrefix? (LongString | ShortString);
fragment StringPrefix: [uUbB]? [rR] | [uUbB];
fragment ShortString: '\'' (~['\\\r\n] | Escape)* '\'' | '"' (~["\\\r\n] | Escape)* '"';
fragment LongString: '\'\'\'' (~'\\' | Escape)*? '\'\'\'' | '"""' (~'\\' | Escape)*? '"""';
fragment Escape: '\\' ('\r' '\n' | .);

FLOAT: (Digits '.' Digits? | '.' Digits) Exponent? [jJ]? | Digits Exponent [jJ]? | Digits [jJ];
INTEGER: ('0' [xX] [0-9a-fA-F]+ | '0' [oO] [0-7]+ | '0' [bB] [01]+ | Digits) [lL]?;
fragment Digits: [0-9]+;
fragment Exponent: [eE] [+-]? Digits;

NAME: [a-zA-Z_] [a-zA-Z_0-9]*;

NEWLINE: '\r'? '\n' | '\r';
JOINED_LINE: '\\' '\r'? '\n' -> skip;
COMMENT: '#' ~[\r\n]* -> skip;
SPACE: [ \t\f]+ -> skip;
BYTE_ORDER_MARK: '\u00EF\u00BB\u00BF' -> skip;
