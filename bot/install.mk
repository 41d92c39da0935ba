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

# The names of all that is installed, so that uninstall knows them too.
INSTALLED = bin/osseo bin/osseo-kiosk include/osseo.h

install: all
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/include $(DESTDIR)$(LIBDIR)/pkgconfig
	install -m 755 $(BUILD)/osseo $(BUILD)/osseo-kiosk $(DESTDIR)$(PREFIX)/bin
	install -m 644 bot/osseo.h $(DESTDIR)$(PREFIX)/include
	install -m 644 $(BUILD)/libosseo.a $(SHARED) $(DESTDIR)$(LIBDIR)
	ln -sf $(notdir $(SHARED)) $(DESTDIR)$(LIBDIR)/$(SONAME)
	ln -sf $(SONAME) $(DESTDIR)$(LIBDIR)/libosseo.so
	sed -e 's|@PREFIX@|$(PREFIX)|' -e 's|@LIBDIR@|$(LIBDIR)|' -e 's|@VERSION@|$(VERSION)|' \
	  bot/osseo.pc.in >$(DESTDIR)$(LIBDIR)/pkgconfig/osseo.pc

uninstall:
	rm -f $(INSTALLED:%=$(DESTDIR)$(PREFIX)/%) $(DESTDIR)$(LIBDIR)/pkgconfig/osseo.pc \
	  $(DESTDIR)$(LIBDIR)/libosseo.a $(DESTDIR)$(LIBDIR)/libosseo.so*
