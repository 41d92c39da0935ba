# `make bench`: osseo beside SQLite FTS5 and Xapian, as ratios in one run.  About a
# quarter of an hour; SIZE=55k leaves the million passages out, PARTS="start quality"
# names what is wanted of: build query start quality.

BENCH = $(BUILD)/bench
SIZE = 1m
PARTS = build query start quality

$(BENCH)/generate: $(OBJECTS)/tests/bench/generate.o $(LIB_OBJECTS)
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $^ $(LIBRARIES)

$(BENCH)/self: $(OBJECTS)/tests/bench/self.o $(LIB_OBJECTS)
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $^ $(LIBRARIES)

$(BENCH)/peer_fts5: tests/bench/peer_fts5.c tests/bench/measure.h | bench-toolchain
	@mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS) -Wall -Wextra -o $@ $< -lsqlite3 -ljansson

$(BENCH)/peer_xapian: tests/bench/peer_xapian.cc tests/bench/measure.h | bench-toolchain
	@mkdir -p $(@D)
	$(Q)$(CXX) $(CFLAGS) -Wall -Wextra -o $@ $< -lxapian -ljansson

$(BENCH)/run: tests/bench/run.c
	@mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS) -Wall -Wextra -o $@ $<

.PHONY: bench bench-kiosk

# The kiosk's server under load, beside Node.js and minisearch; needs wrk, node, npm.
bench-kiosk: all
	@tests/bench/kiosk-load.sh

bench: all $(BENCH)/run $(BENCH)/generate $(BENCH)/self $(BENCH)/peer_fts5 $(BENCH)/peer_xapian
	@python3 tests/bench/bench.py $(SIZE) $(PARTS)
