# osseo: a chatbot about dental implants that works without a network.
#
#   make            build; says which package is missing, installs nothing
#   make run        install what is missing, build, open the conversation
#   make test       install what is missing, run every test
#   make check      the tests that need no browser, in under a minute
#   make eval       answer quality on tests/eval (make eval LIST=1 lists misses)
#   make bench      beside SQLite FTS5 and Xapian, as ratios in one run; SIZE=55k is quick
#   make fuzz       run the fuzz targets, T seconds each
#   make static     analyzers over bot/
#   make mutate     plant faults in bot/ and see whether the tests notice
#   make coverage   what of bot/ the tests reach, by lines and branches
#   make report     build/report.html: what eval, bench and coverage found, drawn
#   make golden     write the transcripts anew; read the difference
#   make install    into $(DESTDIR)$(PREFIX); make uninstall takes it away
#   make bench-kiosk    the kiosk's server under load, beside Node.js and minisearch
#   make install-kiosk  the touch screen: service, browser, policies; see bot/kiosk/README.md
#   make dist       the source archive; make deb makes Debian's packages of it
#   make clean      remove build/
#   make V=1 ...    show the commands
#
# CC, CFLAGS, CPPFLAGS, LDFLAGS, LDLIBS, PREFIX and DESTDIR belong to the caller.

CC ?= cc
CFLAGS ?= -O2 -g
PREFIX ?= /usr/local
BUILD ?= build
ifeq ($(V),1)
  Q =
else
  Q = @
endif
KNOWLEDGE ?= knowledge

# Needed to build, and to test; names of Debian's packages.
PACKAGES = gcc libc6-dev make pkg-config libstemmer-dev libutf8proc-dev libreadline-dev \
  libinih-dev libmicrohttpd-dev libqrencode-dev
TEST_PACKAGES = $(PACKAGES) libjansson-dev clang libclang-rt-dev clang-tidy cppcheck libcmocka-dev python3 valgrind \
  g++ abigail-tools util-linux locales scdoc man-db zsh fish \
  debhelper dpkg-dev lintian debootstrap gnuplot-nox

# Hardening that costs nothing to notice; every warning that gcc 12 and clang 14
# have in common and that says something about this code.
WARNINGS = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wformat=2 -Wstrict-prototypes \
  -Wmissing-prototypes -Wundef -Wvla -Wcast-qual -Wwrite-strings -Werror=format-security
HARDENING = -fstack-protector-strong -fstack-clash-protection -fcf-protection=full \
  -fno-strict-overflow -fno-delete-null-pointer-checks -fPIC
# No fused multiply-add: the same question gives the same bytes on every machine.
ALL_CFLAGS = -std=c11 $(WARNINGS) $(HARDENING) -ffp-contract=off -ffile-prefix-map=$(CURDIR)=. \
  -fvisibility=hidden $(CFLAGS)
FORTIFY = -D_FORTIFY_SOURCE=2
ALL_CPPFLAGS = -Ibot -MMD -MP $(FORTIFY) $(CPPFLAGS)
ALL_LDFLAGS = -pie -Wl,-z,relro,-z,now,-z,noexecstack -Wl,--as-needed $(LDFLAGS)
LIBRARIES = -lstemmer -lutf8proc -lm $(LDLIBS)

# `osseo ask` ends before shared libraries would all be loaded, so the program takes
# them in where each has its .a file.  STATIC= on the command line links the shared ones.
ifeq ($(origin STATIC),undefined)
  STATIC := $(if $(filter-out /%,$(shell for l in stemmer utf8proc inih readline tinfo m c; do \
    $(CC) -print-file-name=lib$$l.a; done)),,yes)
endif

FLOORS = base text corpus index rank answer compile check
LIB_SOURCES = $(sort $(foreach floor,$(FLOORS),$(wildcard bot/$(floor)/*.c))) bot/osseo.c
FACE_SOURCES = $(sort $(wildcard bot/face/*.c))
CLI_SOURCES = $(sort $(wildcard bot/cli/*.c))
OBJECTS = $(BUILD)/obj
LIB_OBJECTS = $(LIB_SOURCES:bot/%.c=$(OBJECTS)/%.o)
FACE_OBJECTS = $(FACE_SOURCES:bot/%.c=$(OBJECTS)/%.o)
CLI_OBJECTS = $(CLI_SOURCES:bot/%.c=$(OBJECTS)/%.o)
BUILTIN = $(OBJECTS)/face/builtin-bytes.o
BARE = $(OBJECTS)/osseo-bare
KNOWLEDGE_FILES = $(shell find $(KNOWLEDGE) -type f ! -name README.md | LC_ALL=C sort)

.PHONY: all run test check eval bench golden install uninstall clean packages test-packages
.DELETE_ON_ERROR:
.SECONDARY:

all: $(BUILD)/osseo $(BUILD)/libosseo.a

include bot/packages.mk
include bot/kiosk/kiosk.mk
include bot/install.mk
include bot/package.mk
include bot/kiosk/deploy/install.mk
-include tests/tests.mk

$(OBJECTS)/%.o: bot/%.c | toolchain
	@mkdir -p $(@D)
	@echo '  compile $<'
	$(Q)$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) -c -o $@ $<

# Arithmetic on long rows; the rest gains nothing from more than -O2.
$(OBJECTS)/index/postings.o $(OBJECTS)/rank/fit.o $(OBJECTS)/rank/neighbours.o \
  $(OBJECTS)/rank/pairs.o: CFLAGS += -O3

$(BUILD)/libosseo.a: $(LIB_OBJECTS)
	@mkdir -p $(@D)
	@rm -f $@ $(OBJECTS)/libosseo.o
	@$(LD) -r -o $(OBJECTS)/libosseo.o $^
	@objcopy --localize-hidden $(OBJECTS)/libosseo.o
	@$(AR) rcsD $@ $(OBJECTS)/libosseo.o

# Of libstemmer's languages only English is taken in: each start would relocate the
# tables of all of them, which takes longer than an answer.
ifneq ($(STATIC),)
  ENGLISH = $(OBJECTS)/english.o
  PROGRAM_LDFLAGS = $(patsubst -pie,-static-pie,$(ALL_LDFLAGS)) -Wl,-u,english_UTF_8_create_env
  PROGRAM_LIBRARIES = -linih -lreadline -ltinfo $(LIBRARIES)
else
  PROGRAM_LDFLAGS = $(ALL_LDFLAGS)
  PROGRAM_LIBRARIES = -linih -lreadline $(LIBRARIES)
endif

$(OBJECTS)/english.o: | toolchain
	@mkdir -p $(@D)
	@cd $(@D) && $(AR) x $$($(CC) -print-file-name=libstemmer.a) libstemmer.o
	@objcopy -w --weaken-symbol='*_create_env' --weaken-symbol='*_close_env' \
	  --weaken-symbol='*_stem' $(@D)/libstemmer.o $@

# The program without a knowledge compiles the one that the whole program holds.
$(BARE): $(CLI_OBJECTS) $(FACE_OBJECTS) $(OBJECTS)/face/builtin-none.o $(LIB_OBJECTS) $(ENGLISH)
	@echo '  link    $@'
	$(Q)$(CC) $(ALL_CFLAGS) $(PROGRAM_LDFLAGS) -o $@ $^ $(PROGRAM_LIBRARIES)

ifdef COMPILED
$(BUILD)/knowledge.osx: $(COMPILED)
	@mkdir -p $(@D)
	@cp $< $@
else
$(BUILD)/knowledge.osx: $(BARE) $(KNOWLEDGE_FILES)
	@echo '  index   $(KNOWLEDGE)'
	$(Q)$(BARE) index $(KNOWLEDGE) -o $@
endif

$(OBJECTS)/face/builtin-none.o: bot/face/builtin.S | toolchain
	@mkdir -p $(@D)
	$(Q)$(CC) -c -o $@ $<

$(BUILTIN): bot/face/builtin.S $(BUILD)/knowledge.osx
	@mkdir -p $(@D)
	$(Q)$(CC) -DKNOWLEDGE='"$(BUILD)/knowledge.osx"' -c -o $@ $<

$(BUILD)/osseo: $(CLI_OBJECTS) $(FACE_OBJECTS) $(BUILTIN) $(LIB_OBJECTS) $(ENGLISH)
	@echo '  link    $@'
	$(Q)$(CC) $(ALL_CFLAGS) $(PROGRAM_LDFLAGS) -o $@ $^ $(PROGRAM_LIBRARIES)

run: packages
	@$(MAKE) --no-print-directory -s all >&2
	@exec $(BUILD)/osseo

clean:
	rm -rf $(BUILD)

-include $(shell find $(OBJECTS) -name '*.d' 2>/dev/null)
