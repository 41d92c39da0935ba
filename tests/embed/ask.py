"""Asks through the shared library by ctypes: ask.py KNOWLEDGE.osx [QUESTION]"""
import ctypes
import json
import sys


class Error(ctypes.Structure):
    _fields_ = [('status', ctypes.c_int), ('line', ctypes.c_uint),
                ('file', ctypes.c_char * 256), ('text', ctypes.c_char * 768)]


osseo = ctypes.CDLL('libosseo.so.0')
osseo.osseo_reply_json.restype = ctypes.c_char_p
handle, reply, error = ctypes.c_void_p(), ctypes.c_void_p(), Error()

question = (sys.argv[2] if len(sys.argv) > 2 else 'how long do mini implants last?').encode()
if osseo.osseo_open(ctypes.byref(handle), sys.argv[1].encode(), None, ctypes.byref(error)) != 0:
    sys.exit(error.text.decode())
if osseo.osseo_ask(ctypes.byref(reply), handle, None, question, ctypes.c_size_t(len(question)),
                   ctypes.byref(error)) != 0:
    sys.exit(error.text.decode())
said = json.loads(osseo.osseo_reply_json(reply, 0))
osseo.osseo_reply_free(reply)
osseo.osseo_close(handle)

if said['card']:  # somebody may be in danger: this first
    print(said['card']['say'])
if said['outcome'] == 'answer':
    print(said['passage'])
    print(said['caveat'])
