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

    def with_source(self, source):
        return self.merge(ExternalCompilationInfo(separate_module_sources=[source]))

    def merge(self, *others):
        merged = ExternalCompilationInfo()
        for name in ('includes', 'include_dirs', 'bits', 'libraries', 'library_dirs', 'sources', 'files', 'options'):
            values = list(getattr(self, name))
            for other in others:
                values.extend([value for value in getattr(other, name) if value not in values])
            setattr(merged, name, values)
        return merged
