// A C++17 program: the handles are freed by what owns them.
#include <osseo.h>

#include <iostream>
#include <memory>
#include <string_view>

template <auto release> struct Releases {
    template <typename T> void operator()(T *handle) const { release(handle); }
};
using Osseo = std::unique_ptr<struct osseo, Releases<osseo_close>>;
using Reply = std::unique_ptr<struct osseo_reply, Releases<osseo_reply_free>>;

int main(int argc, char **argv)
{
    constexpr std::string_view question = "how long do mini implants last?";
    struct osseo *opened;
    struct osseo_reply *made;
    struct osseo_error error;

    if (osseo_open(&opened, argc > 1 ? argv[1] : "knowledge", nullptr, &error) != OSSEO_OK) {
        std::cerr << error.text << '\n';
        return 2;
    }
    Osseo osseo(opened);
    if (osseo_ask(&made, osseo.get(), nullptr, question.data(), question.size(), &error) != OSSEO_OK) {
        std::cerr << error.text << '\n';
        return 2;
    }
    Reply reply(made);
    if (const char *card = osseo_reply_card(reply.get())) // somebody may be in danger: this first
        std::cout << card << '\n';
    if (osseo_reply_outcome(reply.get()) == OSSEO_ANSWER)
        std::cout << osseo_reply_passage(reply.get()) << '\n' << osseo_reply_caveat(reply.get()) << '\n';
}
