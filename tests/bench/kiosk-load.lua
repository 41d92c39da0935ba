-- For wrk: the questions of the file $QUESTIONS, in turn, as the page asks them; at
-- the end one line: replies, seconds, the 99th percentile in milliseconds, errors.
local bodies, at = {}, 0
function init()
    wrk.headers["Host"] = wrk.host .. ":" .. wrk.port
    wrk.headers["Content-Type"] = "application/json"
    for line in io.lines(os.getenv("QUESTIONS")) do
        bodies[#bodies + 1] = wrk.format("POST", "/api/ask", nil, line)
    end
end

function request()
    at = at % #bodies + 1
    return bodies[at]
end

function done(summary, latency)
    local e = summary.errors
    print(string.format("RESULT %d %.3f %.2f %d", summary.requests, summary.duration / 1e6,
        latency:percentile(99) / 1e3, e.connect + e.read + e.write + e.status + e.timeout))
end
