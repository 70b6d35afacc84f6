// The sentences of Lua 5.4 (manual, section 9).
//
// Every decision is made on one token, but one: after an expression a '(' may go on as a call or, says the bare grammar,
// begin the next statement. Lua takes it as a call (section 3.3.1); LuaPrediction decides so at once, without adaptive prediction.
// Operators are a flat list: the tree builder puts them together by precedence, which costs less than left recursion here.
parser grammar LuaParser;
options { tokenVocab = LuaLexer; }

chunk: block EOF;
block: statement* returnStatement?;
returnStatement: RETURN expressionList? SEMICOLON?;

statement
    : SEMICOLON                                                                     # emptyStatement
    | suffixed ((COMMA suffixed)* ASSIGN expressionList)?                           # expressionStatement
    | DOUBLE_COLON NAME DOUBLE_COLON                                                # labelStatement
    | BREAK                                                                         # breakStatement
    | GOTO NAME                                                                     # gotoStatement
    | DO block END                                                                  # doStatement
    | WHILE expression DO block END                                                 # whileStatement
    | REPEAT block UNTIL expression                                                 # repeatStatement
    | IF expression THEN block elseIf* (ELSE block)? END                            # ifStatement
    | FOR NAME (numericRange | genericRange) DO block END                           # forStatement
    | FUNCTION functionName functionBody                                            # functionStatement
    | LOCAL (FUNCTION NAME functionBody | attributedName (COMMA attributedName)* (ASSIGN expressionList)?) # localStatement
    ;

elseIf: ELSEIF expression THEN block;
numericRange: ASSIGN expression COMMA expression (COMMA expression)?;
genericRange: (COMMA NAME)* IN expressionList;
functionName: NAME (DOT NAME)* (COLON NAME)?;
attributedName: NAME (LESS NAME GREATER)?;

expressionList: expression (COMMA expression)*;
expression: operand (binaryOperator operand)*;
operand: unaryOperator* simple;

simple
    : NIL | FALSE | TRUE | NUMBER | STRING | LONG_STRING | ELLIPSIS
    | FUNCTION functionBody
    | table
    | suffixed
    ;

suffixed: (NAME | OPEN_PAREN expression CLOSE_PAREN) suffix*;
suffix: DOT NAME | OPEN_BRACKET expression CLOSE_BRACKET | (COLON NAME)? arguments;
arguments: OPEN_PAREN expressionList? CLOSE_PAREN | table | STRING | LONG_STRING;

functionBody: OPEN_PAREN parameters? CLOSE_PAREN block END;
// That '...' is the last one is seen by the tree builder: recursion here would be as deep as the list is long.
parameters: parameter (COMMA parameter)*;
parameter: NAME | ELLIPSIS;

table: OPEN_BRACE (field (fieldSeparator field?)*)? CLOSE_BRACE;
fieldSeparator: COMMA | SEMICOLON;
field: OPEN_BRACKET expression CLOSE_BRACKET ASSIGN expression | expression (ASSIGN expression)?;

binaryOperator
    : OR | AND | LESS | GREATER | LESS_EQUAL | GREATER_EQUAL | NOT_EQUAL | EQUAL | PIPE | TILDE | AMPERSAND
    | SHIFT_LEFT | SHIFT_RIGHT | CONCAT | PLUS | MINUS | STAR | SLASH | DOUBLE_SLASH | PERCENT | CARET
    ;
unaryOperator: NOT | HASH | MINUS | TILDE;
