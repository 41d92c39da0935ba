# make coverage: what of bot/ the tests reach, by gcov.  Writes coverage.tsv and
# uncovered.txt to build/coverage/.  What is judged here is the reach alone: under gcov
# some tests of faults see allocations that are not ours.

COVERED = build/coverage
.PHONY: coverage

build/tests/unconfined.so: tests/lib/unconfined.c
	@mkdir -p $(@D)
	$(Q)$(CC) -std=c11 $(WARNINGS) -O1 -fPIC -shared -o $@ $< -ldl

coverage: all faulty build/tests/unconfined.so
	@$(MAKE) --no-print-directory -s BUILD=$(COVERED) STATIC= FORTIFY= \
	  CFLAGS='-O0 -g --coverage -fprofile-update=atomic' COMPILED=$(BUILD)/knowledge.osx \
	  $(COVERED)/osseo $(COVERED)/osseo-kiosk $(COVERED)/tests/unit $(COVERED)/tests/eval fuzz-replay
	@find $(COVERED) -name '*.gcda' -delete
	@tests/coverage.sh $(COVERED) >$(COVERED)/log 2>&1 || :
	@python3 tests/coverage.py $(COVERED)/obj $(COVERED)
