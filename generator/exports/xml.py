"""Elements as the bytes of an XML document."""

import re
from xml.etree import ElementTree as ET

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def document(root: ET.Element) -> bytes:
    """Write a document; characters that XML cannot hold are left out."""
    for element in root.iter():
        if element.text:
            element.text = _NOT_XML.sub("", element.text)
    ET.indent(root, " ")
    text = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()
