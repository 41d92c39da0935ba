// Suggestions while typing: real questions of the knowledge, matched here in the
// page, so that letters typed and taken back never leave it.

const MOST = 3;
const LEAST_TYPED = 2;

const fold = (text) => text.toLowerCase().normalize('NFD').replace(/[\u0300-\u036f'\u2019]/g, '');
const words = (text) => fold(text).match(/[a-z0-9]+/g) ?? [];

// Headings and other ways to ask, each with its words; a word counts for more
// the fewer questions hold it, so that "the" decides nothing.
export class Suggestions {
    constructor(topics) {
        this.entries = [];
        const holders = new Map();
        for (const topic of topics) {
            for (const text of [topic.heading, ...topic.also_asked].filter(Boolean)) {
                const entry = { topic: topic.id, text, words: [...new Set(words(text))] };
                this.entries.push(entry);
                for (const word of entry.words)
                    holders.set(word, (holders.get(word) ?? 0) + 1);
            }
        }
        this.weight = new Map();
        for (const [word, n] of holders)
            this.weight.set(word, Math.log(1 + this.entries.length / n));
    }

    // Up to three questions for what was typed so far, one a topic, best first.
    match(typed) {
        const asked = words(typed);
        if (asked.join('').length < LEAST_TYPED)
            return [];
        const found = this.entries.map((entry) => ({ entry, score: this.score(entry, asked) }))
            .filter(({ score }) => score > 0)
            .sort((a, b) => b.score - a.score);
        const best = new Map();
        for (const { entry, score } of found) {
            if (score < found[0].score / 2 || best.size === MOST)
                break;
            if (!best.has(entry.topic))
                best.set(entry.topic, entry);
        }
        return [...best.values()];
    }

    // The last word may still be growing; the others have to be whole.
    score(entry, asked) {
        let sum = 0;
        asked.forEach((word, i) => {
            const isGrowing = i === asked.length - 1;
            const hit = entry.words.find((known) => known === word)
                ?? (isGrowing ? entry.words.find((known) => known.startsWith(word)) : undefined);
            if (hit !== undefined)
                sum += this.weight.get(hit) * (hit === word ? 1 : word.length / hit.length);
        });
        return sum / Math.sqrt(2 + entry.words.length);
    }
}
