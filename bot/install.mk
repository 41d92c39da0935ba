# What is built to be installed, and where it goes.

LIBDIR ?= $(PREFIX)/lib
VERSION := $(shell sed -n 's/^\#define OSSEO_VERSION "\(.*\)"/\1/p' bot/osseo.h)
# Changes when a program that was linked with an older library would break.
SONAME = libosseo.so.0
SHARED = $(BUILD)/libosseo.so.$(VERSION)

all: $(BUILD)/libosseo.so

$(SHARED): $(LIB_OBJECTS) bot/libosseo.map
	@mkdir -p $(@D)
	@echo '  link    $@'
	$(Q)$(CC) -shared $(ALL_CFLAGS) $(filter-out -pie,$(ALL_LDFLAGS)) -Wl,-z,defs \
	  -Wl,-soname,$(SONAME) -Wl,--version-script=bot/libosseo.map -o $@ $(LIB_OBJECTS) $(LIBRARIES)

$(BUILD)/libosseo.so: $(SHARED)
	@ln -sf $(<F) $(BUILD)/$(SONAME)
	@ln -sf $(SONAME) $@

# What is stamped with a time takes that of the commit, so that two builds are alike.
export SOURCE_DATE_EPOCH ?= $(shell if [ -e .git ]; then git log -1 --format=%ct; else cat .epoch; fi)

MAN_PAGES = $(patsubst bot/man/%.scd,$(BUILD)/man/%,$(wildcard bot/man/*.scd))
man: $(MAN_PAGES)
.PHONY: man
$(BUILD)/man/%: bot/man/%.scd
	@mkdir -p $(@D)
	@command -v scdoc >/dev/null || { \
	  echo 'osseo: missing: scdoc; install with: apt-get install scdoc' >&2; exit 1; }
	$(Q)scdoc <$< >$@

SHARE = $(DESTDIR)$(PREFIX)/share
BASH_COMPLETION = $(SHARE)/bash-completion/completions
ZSH_COMPLETION = $(SHARE)/zsh/vendor-completions
FISH_COMPLETION = $(SHARE)/fish/vendor_completions.d
# $(call where,PAGE): the folder of a man page.
where = $(SHARE)/man/man$(subst .,,$(suffix $(1)))

# The names of all that is installed, so that uninstall knows them too.
INSTALLED = bin/osseo bin/osseo-kiosk include/osseo.h share/osseo/knowledge.osx

install: all man
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/include $(DESTDIR)$(LIBDIR)/pkgconfig
	install -m 755 $(BUILD)/osseo $(BUILD)/osseo-kiosk $(DESTDIR)$(PREFIX)/bin
	install -m 644 bot/osseo.h $(DESTDIR)$(PREFIX)/include
	install -m 644 $(BUILD)/libosseo.a $(SHARED) $(DESTDIR)$(LIBDIR)
	ln -sf $(notdir $(SHARED)) $(DESTDIR)$(LIBDIR)/$(SONAME)
	ln -sf $(SONAME) $(DESTDIR)$(LIBDIR)/libosseo.so
	install -D -m 644 $(BUILD)/knowledge.osx $(SHARE)/osseo/knowledge.osx
	sed -e 's|@PREFIX@|$(PREFIX)|' -e 's|@LIBDIR@|$(LIBDIR)|' -e 's|@VERSION@|$(VERSION)|' \
	  bot/osseo.pc.in >$(DESTDIR)$(LIBDIR)/pkgconfig/osseo.pc
	@$(foreach page,$(MAN_PAGES),install -D -m 644 $(page) $(call where,$(page))/$(notdir $(page)) &&) :
	install -D -m 644 bot/completion/osseo.bash $(BASH_COMPLETION)/osseo
	install -D -m 644 bot/completion/_osseo $(ZSH_COMPLETION)/_osseo
	install -D -m 644 bot/completion/osseo.fish $(FISH_COMPLETION)/osseo.fish
	@[ -n "$(DESTDIR)" ] || ldconfig 2>/dev/null || : # only root can, and only root's folders need it

uninstall:
	rm -f $(INSTALLED:%=$(DESTDIR)$(PREFIX)/%) $(DESTDIR)$(LIBDIR)/pkgconfig/osseo.pc \
	  $(DESTDIR)$(LIBDIR)/libosseo.a $(DESTDIR)$(LIBDIR)/libosseo.so* \
	  $(foreach page,$(MAN_PAGES),$(call where,$(page))/$(notdir $(page))) \
	  $(BASH_COMPLETION)/osseo $(ZSH_COMPLETION)/_osseo $(FISH_COMPLETION)/osseo.fish
	@rmdir --ignore-fail-on-non-empty $(SHARE)/osseo
