// Notices that nobody is there any more.  First a warning with a way to say
// "more time", as often as wanted; then, unanswered, the wipe.
//
// Only an answer ends the warning, not the finger that comes down to give it: the
// sheet would be gone before the finger lifts, and what lies below be pressed.

const LEAST_WARNING_S = 20;
const TICK_MS = 1000;

// Calls `warn(seconds left)` once a second while the warning is on, `calm()` when
// somebody is there after all, and `wipe()` when nobody is.  `busy()` holds the
// clock, as while a long answer is read aloud.
export class Idle {
    constructor({ warn, calm, wipe, busy }) {
        Object.assign(this, { warn, calm, wipe, busy });
        this.quiet_s = 90;
        this.warning_s = 30;
        this.isOn = false;
        this.isWarning = false;
        this.since = 0;
        for (const type of ['pointerdown', 'keydown', 'wheel', 'touchmove'])
            addEventListener(type, () => this.isWarning || this.alive(), { capture: true, passive: true });
        setInterval(() => this.tick(), TICK_MS);
    }

    configure(quiet_s, warning_s) {
        this.quiet_s = quiet_s;
        this.warning_s = Math.max(LEAST_WARNING_S, warning_s);
    }

    // Somebody began to use the screen, or has left it as it was found.
    start() { this.isOn = true; this.since = Date.now(); }
    stop() { this.isOn = false; this.alive(); }

    alive() {
        this.since = Date.now();
        if (this.isWarning) {
            this.isWarning = false;
            this.calm();
        }
    }

    tick() {
        if (!this.isOn)
            return;
        if (this.busy())
            this.since = Math.max(this.since, Date.now() - 1000 * this.quiet_s / 2);
        const left = Math.ceil(this.quiet_s + this.warning_s - (Date.now() - this.since) / 1000);
        if (left <= 0) {
            this.isWarning = false;
            this.wipe();
        } else if (left <= this.warning_s) {
            this.isWarning = true;
            this.warn(left);
        }
    }
}
