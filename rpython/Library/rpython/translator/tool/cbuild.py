# Where native functions come from: C sources that belong to a program, and shared libraries.


class ExternalCompilationInfo(object):
    def __init__(self, pre_include_bits=[], includes=[], include_dirs=[], post_include_bits=[], libraries=[], library_dirs=[],
                 separate_module_sources=[], separate_module_files=[], compile_extra=[], link_extra=[], **kwds):
        self.includes = list(includes)
        self.include_dirs = [str(path) for path in include_dirs]
        self.bits = list(pre_include_bits) + list(post_include_bits)
        self.libraries = list(libraries)
        self.library_dirs = [str(path) for path in library_dirs]
        self.sources = list(separate_module_sources)
        self.files = [str(path) for path in separate_module_files]
        self.options = list(compile_extra) + list(link_extra)

    def _freeze_(self):
        return True
