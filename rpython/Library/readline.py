# readline: a terminal's line editing is not there in compiled programs.
