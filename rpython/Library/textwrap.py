# textwrap


def dedent(text):
    lines = text.split('\n')
    margin = None
    for line in lines:
        stripped = line.lstrip()
        if stripped != '':
            indent = line[:len(line) - len(stripped)]
            if margin is None:
                margin = indent
            else:
                n = 0
                while n < len(margin) and n < len(indent) and margin[n] == indent[n]:
                    n += 1
                margin = margin[:n]
    result = []
    for line in lines:
        if line.strip() == '':
            result.append('')
        elif margin:
            result.append(line[len(margin):])
        else:
            result.append(line)
    return '\n'.join(result)
