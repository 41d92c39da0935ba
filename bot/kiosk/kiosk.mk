# osseo-kiosk: the server, and the page that is compiled into it.

KIOSK_SOURCES = $(sort $(wildcard bot/kiosk/*.c))
KIOSK_OBJECTS = $(KIOSK_SOURCES:bot/%.c=$(OBJECTS)/%.o) $(OBJECTS)/kiosk/page.o
KIOSK_LIBRARIES = -lmicrohttpd -lqrencode -linih -lpthread
PAGE_FILES = $(shell find bot/kiosk/page -type f | LC_ALL=C sort)

all: $(BUILD)/osseo-kiosk

$(OBJECTS)/kiosk/page.c: bot/kiosk/assets.sh $(PAGE_FILES)
	@mkdir -p $(@D)
	$(Q)bot/kiosk/assets.sh bot/kiosk/page >$@

$(OBJECTS)/kiosk/page.o: $(OBJECTS)/kiosk/page.c
	$(Q)$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) -c -o $@ $<

$(BUILD)/osseo-kiosk: $(KIOSK_OBJECTS) $(FACE_OBJECTS) $(BUILTIN) $(LIB_OBJECTS)
	@echo '  link    $@'
	$(Q)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $^ $(LIBRARIES) $(KIOSK_LIBRARIES)
