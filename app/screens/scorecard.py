"""x"""


def page():
    pass
