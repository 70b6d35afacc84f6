// The words of HAIL, the specification's Heap Allocation and Initialisation Language (docs/hail.md).
lexer grammar HailLexer;

DOT_NEW: '.new'; DOT_NEWHYBRID: '.newhybrid'; DOT_INIT: '.init'; ASSIGN: '='; LESS: '<'; GREATER: '>'; OPEN_BRACKET: '['; CLOSE_BRACKET: ']';
OPEN_BRACE: '{'; CLOSE_BRACE: '}'; OPEN_PAREN: '('; CLOSE_PAREN: ')'; ADDRESS: '&'; CONTENTS: '*'; KEY_NULL: 'NULL'; TYPE_BITSF: 'bitsf'; TYPE_BITSD: 'bitsd';
GLOBAL: '@' NameCharacter+;
OBJECT: '$' NameCharacter+;
fragment NameCharacter: [0-9A-Za-z_.-];
INT: [+-]? ('0x' [0-9A-Fa-f]+ | [0-9]+);
FP: [+-]? [0-9]+ '.' [0-9]+ ([eE] [+-]? [0-9]+)? [fd] | 'nan' [fd] | [+-] 'inf' [fd];
COMMENT: '//' ~[\r\n]* -> skip;
BLOCK_COMMENT: '/*' .*? '*/' -> skip;
SPACE: [ \t\r\n]+ -> skip;
