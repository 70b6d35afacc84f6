// Python 2.7 as RPython programs use it (Language Reference, chapter 10). Backticks are left out.
parser grammar RPythonParser;

options { tokenVocab = RPythonLexer; }

file: (NEWLINE | statement)* EOF;

statement: simpleLine | compound;
simpleLine: simple (SEMICOLON simple)* SEMICOLON? NEWLINE;

simple
    : tests (augmented (yielding | tests) | (ASSIGN (yielding | tests))*)   # expressionStatement
    | yielding                                                              # yieldStatement
    | PRINT (SHIFT_RIGHT test (COMMA test)* COMMA? | (test (COMMA test)* COMMA?)?) # print
    | DEL tests                                                             # delete
    | PASS                                                                  # pass
    | BREAK                                                                 # break
    | CONTINUE                                                              # continue
    | RETURN tests?                                                         # return
    | RAISE (test (COMMA test (COMMA test)?)?)?                             # raise
    | IMPORT importedModule (COMMA importedModule)*                         # importModules
    | FROM (DOT* dottedName | DOT+) IMPORT (STAR | OPEN_PAREN importedNames CLOSE_PAREN | importedNames) # importFrom
    | GLOBAL NAME (COMMA NAME)*                                             # global
    | EXEC expression (IN test (COMMA test)?)?                              # exec
    | ASSERT test (COMMA test)?                                             # assert
    ;

augmented
    : PLUS_ASSIGN | MINUS_ASSIGN | STAR_ASSIGN | SLASH_ASSIGN | DOUBLE_SLASH_ASSIGN | PERCENT_ASSIGN | AND_ASSIGN | OR_ASSIGN | XOR_ASSIGN
    | SHIFT_LEFT_ASSIGN | SHIFT_RIGHT_ASSIGN | POWER_ASSIGN
    ;

importedModule: dottedName (AS NAME)?;
importedNames: importedName (COMMA importedName)* COMMA?;
importedName: NAME (AS NAME)?;
dottedName: NAME (DOT NAME)*;

compound
    : IF test COLON suite (ELIF test COLON suite)* (ELSE COLON suite)?      # if
    | WHILE test COLON suite (ELSE COLON suite)?                            # while
    | FOR targets IN tests COLON suite (ELSE COLON suite)?                  # for
    | TRY COLON suite (handler+ (ELSE COLON suite)? (FINALLY COLON suite)? | FINALLY COLON suite) # try
    | WITH withItem (COMMA withItem)* COLON suite                           # with
    | decorator* DEF NAME OPEN_PAREN parameters? CLOSE_PAREN COLON suite    # functionDefinition
    | decorator* CLASS NAME (OPEN_PAREN tests? CLOSE_PAREN)? COLON suite    # classDefinition
    ;

handler: EXCEPT (test ((COMMA | AS) test)?)? COLON suite;
withItem: test (AS expression)?;
decorator: AT dottedName (OPEN_PAREN arguments? CLOSE_PAREN)? NEWLINE;
suite: simpleLine | NEWLINE INDENT statement+ DEDENT;

parameters: parameter (COMMA parameter)* COMMA?;
parameter: STAR NAME | POWER NAME | pattern (ASSIGN test)?;
pattern: NAME | OPEN_PAREN pattern (COMMA pattern)* COMMA? CLOSE_PAREN;

yielding: YIELD tests?;
tests: test (COMMA test)* COMMA?;
targets: expression (COMMA expression)* COMMA?;

test: orTest (IF orTest ELSE test)? | LAMBDA parameters? COLON test;
// In "for x in a, b" and in comprehensions, a condition may not be a conditional expression.
plainTest: orTest | LAMBDA parameters? COLON plainTest;
orTest: andTest (OR andTest)*;
andTest: notTest (AND notTest)*;
notTest: NOT notTest | comparison;
comparison: expression (comparator expression)*;
comparator: LESS | GREATER | EQUAL | GREATER_EQUAL | LESS_EQUAL | NOT_EQUAL | IN | NOT IN | IS | IS NOT;

expression
    : op=(PLUS | MINUS | TILDE) expression                             # unary
    | power                                                                 # powerExpression
    | expression op=(STAR | SLASH | DOUBLE_SLASH | PERCENT) expression      # binary
    | expression op=(PLUS | MINUS) expression                               # binary
    | expression op=(SHIFT_LEFT | SHIFT_RIGHT) expression                   # binary
    | expression op=AMPERSAND expression                                    # binary
    | expression op=CARET expression                                        # binary
    | expression op=PIPE expression                                         # binary
    ;

power: atom trailer* (POWER powerOperand)?;
powerOperand: (PLUS | MINUS | TILDE) powerOperand | power;

trailer
    : OPEN_PAREN arguments? CLOSE_PAREN                                     # call
    | OPEN_BRACKET subscript (COMMA subscript)* COMMA? CLOSE_BRACKET        # index
    | DOT NAME                                                              # attribute
    ;

subscript: test | test? COLON test? (COLON test?)?;

arguments: argument (COMMA argument)* COMMA?;
argument: test comprehension? | NAME ASSIGN test | STAR test | POWER test;

atom
    : OPEN_PAREN (yielding | test comprehension | tests)? CLOSE_PAREN       # parenthesized
    | OPEN_BRACKET (test comprehension | tests)? CLOSE_BRACKET              # list
    | OPEN_BRACE (entry comprehension | entry (COMMA entry)* COMMA?)? CLOSE_BRACE # dictionary
    | OPEN_BRACE (test comprehension | test (COMMA test)* COMMA?) CLOSE_BRACE # set
    | NAME                                                                  # name
    | INTEGER                                                               # integer
    | FLOAT                                                                 # float
    | STRING+                                                               # string
    ;

entry: test COLON test;
comprehension: FOR targets IN comprehensionSource comprehensionPart?;
comprehensionSource: plainTest (COMMA plainTest)* COMMA?;
comprehensionPart: comprehension | IF plainTest comprehensionPart?;
