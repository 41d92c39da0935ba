# The source archive, and Debian's packages made from it.

DIST = osseo-$(VERSION)
ARCHIVE = $(BUILD)/$(DIST).tar.gz
MAINTAINER ?= $(shell if [ -e .git ]; then git log -1 --format='%an <%ae>'; else cat .maintainer; fi)

.PHONY: dist deb
# All that git keeps and what it would tell; the same bytes for the same commit.
dist:
	@rm -rf $(BUILD)/dist && mkdir -p $(BUILD)/dist/$(DIST)
	@if [ -e .git ]; then git ls-files -z; else find . -path ./build -prune -o -type f -print0; fi | \
	  xargs -0 cp --parents -t $(BUILD)/dist/$(DIST)
	@echo $(SOURCE_DATE_EPOCH) >$(BUILD)/dist/$(DIST)/.epoch
	@echo '$(MAINTAINER)' >$(BUILD)/dist/$(DIST)/.maintainer
	@tar -C $(BUILD)/dist --sort=name --mtime=@$(SOURCE_DATE_EPOCH) --owner=0 --group=0 --numeric-owner \
	  --mode=u=rwX,go=rX -c $(DIST) | gzip -9n >$(ARCHIVE)
	@echo '  archive $(ARCHIVE)'

# debian/ is no folder of this project's top level, so it is staged.
deb: toolchain deb-toolchain dist
	@cd $(BUILD)/dist/$(DIST) && cp -r bot/debian debian && rm -f debian/control.in && \
	  sed 's|@MAINTAINER@|$(MAINTAINER)|' bot/debian/control.in >debian/control && \
	  printf 'osseo (%s) unstable; urgency=medium\n\n  * See the log of the commits.\n\n -- %s  %s\n' \
	    $(VERSION) '$(MAINTAINER)' "$$(date -uRd @$(SOURCE_DATE_EPOCH))" >debian/changelog && \
	  env -u MAKEFLAGS -u MAKELEVEL -u CFLAGS dpkg-buildpackage -b -us -uc -tc >../log 2>&1 || \
	  { tail -n 30 ../log; exit 1; }
	@rm -rf $(BUILD)/deb && mkdir -p $(BUILD)/deb && mv $(BUILD)/dist/*.deb $(BUILD)/deb
	@ls $(BUILD)/deb/*.deb
