# What a client written in Python does: it makes its JSON, sends it, and parses the answer. Rows come as JSON on standard
# input; the address, the method and the number of rows in a request as arguments. Prints the milliseconds it took.

import http.client
import json
import sys
import time
from urllib.parse import urlsplit

address, method, in_one = urlsplit(sys.argv[1]), sys.argv[2], int(sys.argv[3])
rows = json.load(sys.stdin)
since = time.perf_counter()
for start in range(0, len(rows), in_one):
    connection = http.client.HTTPConnection(address.netloc)
    body = json.dumps(rows[start : start + in_one])
    connection.request(method, address.path, body, {"Content-Type": "application/json"})
    json.loads(connection.getresponse().read())
    connection.close()
print((time.perf_counter() - since) * 1000)
