// Reading aloud, sentence by sentence, by a voice that is on this machine.
//
// Pausing stops the present sentence and carrying on begins it again: Chromium
// on Linux does not resume a paused utterance reliably, and a sentence heard
// twice is better than half of one.

const synthesis = globalThis.speechSynthesis;
const SLOWER = 0.9;

// The first time that Chromium is asked it has none, and begins to look for them.
synthesis?.getVoices();

// The articles are in English, whatever the clinic asks for.
function voice(wanted = 'en-GB') {
    const local = (synthesis?.getVoices() ?? []).filter((one) => one.localService);
    const spoken = (language) => local.find((one) => one.lang.replace('_', '-').startsWith(language));
    return (wanted.startsWith('en') && spoken(wanted)) || spoken('en-GB') || spoken('en');
}

export const hasVoice = () => voice() !== undefined;

// A dot inside a number ends no sentence.
const sentences = (text) => text.split(/(?<=[.!?:])\s+|\n+/).filter((one) => one.trim() !== '');

// `changed(state)` hears of "silent", "speaking" and "paused".
export class Reader {
    constructor(changed) {
        this.changed = changed;
        this.queue = [];
        this.at = 0;
        this.turn = 0;
        this.state = 'silent';
    }

    become(state) {
        if (this.state !== state) {
            this.state = state;
            this.changed(state);
        }
    }

    read(text, language) {
        this.voice = voice(language);
        this.queue = sentences(text);
        this.at = 0;
        this.carryOn();
    }

    carryOn() {
        synthesis.cancel();
        this.turn++;
        this.become('speaking');
        this.next(this.turn);
    }

    // A late event of a cancelled utterance belongs to an earlier turn.
    next(turn) {
        if (turn !== this.turn)
            return;
        if (this.at >= this.queue.length) {
            this.become('silent');
            return;
        }
        const utterance = new SpeechSynthesisUtterance(this.queue[this.at]);
        utterance.voice = this.voice;
        utterance.lang = this.voice?.lang ?? 'en-GB';
        utterance.rate = SLOWER;
        utterance.onend = () => {
            if (turn === this.turn)
                this.at++;
            this.next(turn);
        };
        utterance.onerror = () => { if (turn === this.turn) this.stop(); };
        synthesis.speak(utterance);
    }

    pause() {
        this.turn++;
        synthesis.cancel();
        this.become('paused');
    }

    stop() {
        this.turn++;
        synthesis?.cancel();
        this.queue = [];
        this.at = 0;
        this.become('silent');
    }
}
