# make coverage: what of bot/ the tests reach, by gcov.  Writes coverage.tsv and
# uncovered.txt to build/coverage/.

COVERED = build/coverage
.PHONY: coverage

coverage: all faulty
	@$(MAKE) --no-print-directory -s BUILD=$(COVERED) STATIC= FORTIFY= \
	  CFLAGS='-O0 -g --coverage -fprofile-update=atomic' COMPILED=$(BUILD)/knowledge.osx \
	  $(COVERED)/osseo $(COVERED)/osseo-kiosk $(COVERED)/tests/unit fuzz-replay
	@find $(COVERED) -name '*.gcda' -delete
	@tests/coverage.sh $(COVERED) >$(COVERED)/log 2>&1 || :
	@python3 tests/coverage.py $(COVERED)/obj $(COVERED)
