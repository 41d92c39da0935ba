#include "answer/wording.h"

const char *const wording_caveat =
    "This is general information. Please see your dentist about your own case.";

const char *const wording_choices = "I am not sure which of these you mean.";

const char *const wording_either = "Do you mean ";
const char *const wording_or = " or ";

const char *const wording_follow_up = "Going on from: ";
const char *const wording_also = "I answer your first question here. You also asked: ";

/* The first row is for whatever has no row of its own. */
static const struct {
    const char *class, *say;
} rows[] = {
    { "", "I have no answer to that. I can only tell you about dental implants, above all mini "
          "implants that hold a denture. Please ask your dental team." },
    { "near", "I have no answer to that: I only know about dental implants, above all mini "
              "implants that hold a denture. Please ask your dental team about other treatment, "
              "bookings and anything else." },
    { "other-language", "I only understand English, I am sorry. Please ask a member of your dental "
                        "team for help." },
    { "gibberish", "I could not make that out. Please try again in other words, such as: How long "
                   "do implants last?" },
    { "greeting", "Hello. You can ask me about dental implants, for example: What is a mini dental "
                  "implant?" },
    { "thanks", "You are welcome. Do ask me anything else about dental implants, and your dentist "
                "about your own case." },
    { "goodbye", "Goodbye, and take care. Your dental team can help with whatever is left to ask." },
    { "help", "I answer questions about dental implants, above all mini implants that hold a "
              "denture. Type a question in your own words, for example: Does having an implant "
              "hurt? If you need help with your mouth or feel unwell, ring your dentist or NHS 111, "
              "or 999 in an emergency." },
};

const char *wording_for_class(struct slice class)
{
    for (size_t i = 1; i < sizeof rows / sizeof *rows; i++)
        if (slice_equal(class, slice_of(rows[i].class)))
            return rows[i].say;
    return rows[0].say;
}
