# rpython.annotator.policy: what target() hands to RPython's translator. Annotation has one policy here.


class AnnotatorPolicy(object):
    pass
