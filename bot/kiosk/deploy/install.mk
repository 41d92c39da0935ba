# make install-kiosk: the server, its service, and a browser that shows it full
# screen.  Settings that are there already are left alone.

DEPLOY = bot/kiosk/deploy
UNITS = osseo-kiosk.socket osseo-kiosk.service osseo-screen.service osseo-nightly.timer \
  osseo-nightly.service
# $(call place,FILE,WHERE,MODE): with the folder of this installation in it.
place = sed 's|@PREFIX@|$(PREFIX)|g' $(DEPLOY)/$(1) >$(DESTDIR)$(2) && chmod $(3) $(DESTDIR)$(2)

.PHONY: install-kiosk uninstall-kiosk

install-kiosk: $(BUILD)/osseo-kiosk
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/lib/osseo $(DESTDIR)$(PREFIX)/share/osseo \
	  $(DESTDIR)$(PREFIX)/lib/systemd/system $(DESTDIR)$(PREFIX)/lib/sysusers.d \
	  $(DESTDIR)/etc/osseo $(DESTDIR)/etc/default $(DESTDIR)/etc/chromium/policies/managed
	install -m 755 $(BUILD)/osseo-kiosk $(DESTDIR)$(PREFIX)/bin
	$(call place,screen,$(PREFIX)/lib/osseo/screen,755)
	$(call place,screen-policy,$(PREFIX)/lib/osseo/screen-policy,755)
	$(call place,out-of-order.html,$(PREFIX)/share/osseo/out-of-order.html,644)
	$(call place,osseo-screen.sysusers,$(PREFIX)/lib/sysusers.d/osseo-screen.conf,644)
	$(call place,policy.json,/etc/chromium/policies/managed/osseo-kiosk.json,644)
	@for unit in $(UNITS); do \
	  $(call place,$$unit,$(PREFIX)/lib/systemd/system/$$unit,644) || exit; done
	@[ -e $(DESTDIR)/etc/osseo/clinic.conf ] || $(call place,clinic.conf,/etc/osseo/clinic.conf,644)
	@[ -e $(DESTDIR)/etc/default/osseo-kiosk ] || \
	  $(call place,osseo-kiosk.default,/etc/default/osseo-kiosk,644)
	@echo 'Installed. Set up /etc/osseo/clinic.conf, then follow "The machine" in bot/kiosk/README.md.'

# Settings stay.
uninstall-kiosk:
	rm -rf $(DESTDIR)$(PREFIX)/bin/osseo-kiosk $(DESTDIR)$(PREFIX)/lib/osseo \
	  $(DESTDIR)$(PREFIX)/share/osseo/out-of-order.html $(DESTDIR)$(PREFIX)/lib/sysusers.d/osseo-screen.conf \
	  $(UNITS:%=$(DESTDIR)$(PREFIX)/lib/systemd/system/%) \
	  $(DESTDIR)/etc/chromium/policies/managed/osseo-kiosk.json \
	  $(DESTDIR)/etc/chromium/policies/managed/osseo-printing.json
	@rmdir --ignore-fail-on-non-empty $(DESTDIR)$(PREFIX)/share/osseo
