# Fuzz targets: one program each.  `make fuzz T=60` drives each for T seconds with
# libFuzzer; `make check` replays tests/fuzz/corpus/ under gcc's sanitizers.

FUZZ_TARGETS = $(patsubst tests/fuzz/fuzz_%.c,%,$(sort $(wildcard tests/fuzz/fuzz_*.c)))
FUZZ_COMMON = $(OBJECTS)/tests/fuzz/fuzz.o $(OBJECTS)/tests/lib/damage.o $(LIB_OBJECTS) \
  $(FACE_OBJECTS) $(OBJECTS)/face/builtin-none.o \
  $(OBJECTS)/cli/options.o $(filter-out %/main.o,$(KIOSK_OBJECTS))
FUZZ_LIBRARIES = $(LIBRARIES) $(KIOSK_LIBRARIES) -ljansson
FUZZER = -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all
T = 60

.PHONY: fuzz fuzz-replay

$(BUILD)/fuzz/replay-%: $(OBJECTS)/tests/fuzz/fuzz_%.o $(OBJECTS)/tests/fuzz/replay.o $(FUZZ_COMMON)
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $^ $(FUZZ_LIBRARIES)

$(BUILD)/fuzz/fuzz-%: $(OBJECTS)/tests/fuzz/fuzz_%.o $(FUZZ_COMMON)
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -fsanitize=fuzzer -o $@ $^ $(FUZZ_LIBRARIES)

fuzz-replay: $(FUZZ_TARGETS:%=$(BUILD)/fuzz/replay-%)

fuzz-programs: $(FUZZ_TARGETS:%=$(BUILD)/fuzz/fuzz-%)

# What is found is kept outside the tree, in build/fuzz/found; crashes stop the run.
fuzz: all
	@$(MAKE) --no-print-directory -s BUILD=build/fuzzing CC=clang STATIC= FORTIFY= \
	  CFLAGS='$(FUZZER) -fsanitize=fuzzer-no-link' COMPILED=build/knowledge.osx fuzz-programs
	@for target in $(FUZZ_TARGETS); do \
	  mkdir -p build/fuzz/found/$$target tests/fuzz/corpus/$$target; \
	  echo "  fuzz    $$target, $(T) s"; \
	  build/fuzzing/fuzz/fuzz-$$target -max_total_time=$(T) -max_len=8192 -timeout=10 \
	    -artifact_prefix=build/fuzz/$$target- -print_final_stats=1 build/fuzz/found/$$target \
	    tests/fuzz/corpus/$$target >build/fuzz/$$target.log 2>&1 || \
	    { tail -n 40 build/fuzz/$$target.log; exit 1; }; \
	  grep -h 'number_of_executed_units\|cov: ' build/fuzz/$$target.log | tail -n 2; \
	done
