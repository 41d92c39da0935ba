# Work that a reply is, counted; see tests/work/work.c.

counted: all
	@$(MAKE) --no-print-directory BUILD=build/counted STATIC= FORTIFY= \
	  CFLAGS='-O1 -Werror -fsanitize-coverage=trace-pc' build/counted/tests/work

$(BUILD)/tests/work: $(LIB_OBJECTS) tests/work/work.c
	@mkdir -p $(@D)
	$(Q)$(CC) -Ibot -std=c11 $(WARNINGS) -Wno-missing-prototypes -O1 $(FORTIFY) $(HARDENING) -pie \
	  -o $@ tests/work/work.c $(LIB_OBJECTS) $(LIBRARIES)

.PHONY: counted
