# What has to be installed, by Debian's names; only `make run` and `make test`
# install anything, and they say so first.

.PHONY: toolchain bench-toolchain deb-toolchain

# $(call require,PROGRAM:PACKAGE...,HEADER:PACKAGE...,COMPILER): says what is missing and how to get it.
define require
	@missing=; \
	for tool in $(1); do \
	  command -v $${tool%%:*} >/dev/null 2>&1 || missing="$$missing $${tool##*:}"; \
	done; \
	for header in $(2); do \
	  [ -n "$$missing" ] || echo "#include <stdio.h>\n#include <$${header%%:*}>" | \
	    $(3) $(CPPFLAGS) -E - >/dev/null 2>&1 || missing="$$missing $${header##*:}"; \
	done; \
	[ -z "$$missing" ] || { \
	  echo "osseo: missing:$$missing; install with: apt-get install$$missing" >&2; exit 1; }
endef

toolchain:
	$(call require,$(firstword $(CC)):gcc,libstemmer.h:libstemmer-dev utf8proc.h:libutf8proc-dev \
	  readline/readline.h:libreadline-dev ini.h:libinih-dev \
	  microhttpd.h:libmicrohttpd-dev qrencode.h:libqrencode-dev,$(CC))

# What `make bench` measures osseo beside.
bench-toolchain:
	$(call require,$(firstword $(CXX)):g++ python3:python3,sqlite3.h:libsqlite3-dev \
	  jansson.h:libjansson-dev xapian.h:libxapian-dev,$(CXX) -x c++)

# What `make deb` needs above what builds osseo.
deb-toolchain:
	$(call require,g++:build-essential dpkg-buildpackage:dpkg-dev dh:debhelper scdoc:scdoc pkg-config:pkg-config,,)

# $(call install,PACKAGES): installs those that are not there yet.
define install
	@missing=$$(for p in $(1); do \
	    dpkg-query -W -f '$${Status}' $$p 2>/dev/null | grep -q 'ok installed' || echo $$p; done); \
	[ -z "$$missing" ] || { \
	  echo "osseo: installing" $$missing >&2; \
	  as_root=; [ "$$(id -u)" = 0 ] || as_root=sudo; \
	  $$as_root apt-get update -qq >&2 && \
	  DEBIAN_FRONTEND=noninteractive $$as_root apt-get install -y -qq --no-install-recommends \
	    $$missing >/dev/null; }
endef

packages:
	$(call install,$(PACKAGES))

# Of the browser tests.  A Node.js that is not Debian's brings an npm of its own,
# and refuses Debian's.
BROWSER_PACKAGES = chromium fonts-inter $(if $(shell command -v npm 2>/dev/null),,nodejs npm)

test-packages:
	$(call install,$(TEST_PACKAGES) $(BROWSER_PACKAGES))
