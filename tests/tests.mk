# The tests.  Each suite prints TAP lines ("ok 1 - a sentence"); tests/run.sh
# counts them and closes with "N passed, N failed".

UNIT_SOURCES = $(sort $(shell find tests/unit -name '*.c')) tests/lib/main.c tests/lib/damage.c
UNIT_OBJECTS = $(UNIT_SOURCES:%.c=$(OBJECTS)/%.o) $(FACE_OBJECTS) $(OBJECTS)/face/builtin-none.o \
  $(filter-out %/main.o,$(KIOSK_OBJECTS))
SANITIZE = -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer

.PHONY: unit mutate static faulty variants threads abi report check-suites pictures

$(OBJECTS)/tests/%.o: tests/%.c | toolchain
	@mkdir -p $(@D)
	$(Q)$(CC) -I. $(ALL_CPPFLAGS) $(filter-out -Wmissing-prototypes,$(ALL_CFLAGS)) -c -o $@ $<

$(BUILD)/tests/unit: $(UNIT_OBJECTS) $(LIB_OBJECTS)
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $^ $(LIBRARIES) $(KIOSK_LIBRARIES) -lcmocka

unit: $(BUILD)/tests/unit

$(BUILD)/tests/eval: $(OBJECTS)/tests/eval/eval.o $(LIB_OBJECTS)
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $^ $(LIBRARIES) -ljansson

$(BUILD)/tests/ablation: $(OBJECTS)/tests/eval/ablation.o $(LIB_OBJECTS)
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $^ $(LIBRARIES)

$(BUILD)/tests/threads: $(OBJECTS)/tests/embed/threads.o $(LIB_OBJECTS)
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $^ $(LIBRARIES) -lpthread

# Under ThreadSanitizer, which does not go together with the others.
threads: all $(BUILD)/tests/threads
	@$(MAKE) --no-print-directory BUILD=build/threads CFLAGS='-O1 -g -fsanitize=thread -Werror' \
	  FORTIFY= COMPILED=$(BUILD)/knowledge.osx build/threads/tests/threads build/threads/osseo-kiosk

# Faults are put between the program and the C library: linked dynamically, always.
$(BUILD)/tests/faults.so: tests/faults/preload.c
	@mkdir -p $(@D)
	$(Q)$(CC) -std=c11 $(WARNINGS) -O1 -fPIC -shared -o $@ $< -ldl

$(BUILD)/tests/osseo: $(CLI_OBJECTS) $(FACE_OBJECTS) $(BUILTIN) $(LIB_OBJECTS)
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $^ $(LIBRARIES) -linih -lreadline

$(BUILD)/tests/osseo-kiosk: $(KIOSK_OBJECTS) $(FACE_OBJECTS) $(BUILTIN) $(LIB_OBJECTS)
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $^ $(LIBRARIES) $(KIOSK_LIBRARIES)

faulty: $(BUILD)/tests/faults.so $(BUILD)/tests/osseo $(BUILD)/tests/osseo-kiosk

include tests/fuzz/fuzz.mk
include tests/coverage.mk
include tests/work/work.mk

# The same sources by another compiler and under the sanitizers, in folders of
# their own, with shared libraries, which valgrind and the sanitizers see into; all
# take the knowledge that the ordinary program compiled.
variants: all unit
	@$(MAKE) --no-print-directory BUILD=build/clang CC=clang STATIC= CFLAGS='-O1 -Werror' \
	  COMPILED=$(BUILD)/knowledge.osx build/clang/osseo build/clang/tests/unit
	@$(MAKE) --no-print-directory BUILD=build/sanitized STATIC= CFLAGS='$(SANITIZE) -Werror' FORTIFY= \
	  COMPILED=$(BUILD)/knowledge.osx build/sanitized/osseo build/sanitized/osseo-kiosk \
	  build/sanitized/tests/unit \
	  fuzz-replay

check:
	@$(MAKE) --no-print-directory -s CFLAGS='$(CFLAGS) -Werror' all unit faulty build/tests/eval
	@$(MAKE) --no-print-directory -s variants
	@tests/run.sh check

test: test-packages
	@$(MAKE) --no-print-directory -s CFLAGS='$(CFLAGS) -Werror' all unit faulty build/tests/eval
	@$(MAKE) --no-print-directory -s variants threads counted
	@tests/run.sh test

# Faults planted in bot/, one by one; lists those that the quick tests do not catch.
mutate: all
	@python3 tests/mutate.py

# Analyzers, which take minutes.
static:
	@tests/static.sh

golden: all
	@tests/transcripts.sh golden
	@tests/embed.sh golden

# The binary interface that tests/languages.sh holds the library against.
abi: all
	@tests/languages.sh abi

QUESTIONS = $(firstword $(wildcard ../shared/questions) tests/eval/questions)

# What eval, bench and coverage last wrote, drawn.
report:
	$(call install,python3 gnuplot-nox)
	@python3 tests/report/report.py $(BUILD)

eval: all build/tests/eval build/tests/ablation
	@mkdir -p $(BUILD)/eval
	@TSV=$(BUILD)/eval LIST=$(LIST) build/tests/eval $(BUILD)/knowledge.osx $(QUESTIONS) tests/eval/floors
	@TSV=$(BUILD)/eval build/tests/ablation $(BUILD)/knowledge.osx $(QUESTIONS)

include tests/bench/bench.mk

# The pictures of bot/kiosk/README.md, as the browser tests last took them.
PICTURES = start area answer answer-unfolded suggestions choices refusal small-talk emergency \
  urgent take-home list help text-and-colours idle-warning server-gone

pictures:
	$(call install,pngquant)
	@mkdir -p bot/kiosk/pictures
	@for name in $(PICTURES); do \
	  pngquant --force --nofs --output bot/kiosk/pictures/$$name.png 48 \
	    build/screens/$$name-1280x800-light-1.png || exit; done
