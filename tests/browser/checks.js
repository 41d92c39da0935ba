// checks.js -- what axe misses.  These functions run in the page, each on its own;
// they give a list of faults in words.

// Names, sizes, places: everything that a finger has to hit and an eye to read.
export function layoutFaults() {
    const KEY_PX = 60, CONTROL_PX = 72, LEAST_LETTER_PX = 20, LEAST_READING_PX = 190;
    const faults = [];
    const top = document.querySelector('dialog[open]') ?? document.body;
    const isHidden = (one) => !one.checkVisibility() || one.closest('.unseen, [aria-hidden="true"]')
        || getComputedStyle(one).clipPath !== 'none';
    const all = [...top.querySelectorAll('*')].filter((one) => !isHidden(one));
    const nameOf = (one) => one.getAttribute('aria-label')
        ?? (document.getElementById(one.getAttribute('aria-labelledby')) ?? one).textContent.trim();
    const isScroller = (one) => /auto|scroll/.test(getComputedStyle(one).overflowY);
    const scrollerOf = (one) => { while (one && !isScroller(one)) one = one.parentElement; return one; };
    const isInside = (inner, outer) => inner.left >= outer.left - 1 && inner.right <= outer.right + 1;

    const controls = all.filter((one) => one.matches('button, summary, textarea, input, a'));
    for (const control of controls) {
        const box = control.getBoundingClientRect();
        const least = control.matches('.key:not(.main), .on') ? KEY_PX : CONTROL_PX;
        if (nameOf(control) === '')
            faults.push(`no name: ${control.outerHTML.slice(0, 80)}`);
        if (box.width < least - 0.5 || box.height < least - 0.5)
            faults.push(`${Math.round(box.width)}x${Math.round(box.height)} px: "${nameOf(control)}"`);
        for (const other of controls) {
            const also = other.getBoundingClientRect();
            if (other !== control && scrollerOf(other) === scrollerOf(control)
                && box.left < also.right - 1 && also.left < box.right - 1 && box.top < also.bottom - 1 && also.top < box.bottom - 1)
                faults.push(`"${nameOf(control)}" lies upon "${nameOf(other)}"`);
        }
    }

    for (const one of [document.documentElement, ...all]) {
        const style = getComputedStyle(one);
        if (style.overflowX !== 'visible' && one.scrollWidth > one.clientWidth + 1)
            faults.push(`scrolls sideways by ${one.scrollWidth - one.clientWidth} px: ${one.localName}.${one.className}`);
        if (style.overflowY === 'hidden' && one.scrollHeight > one.clientHeight + 1)
            faults.push(`clipped: ${one.localName}.${one.className}`);
    }

    for (const one of all) {
        const texts = [...one.childNodes].filter((node) => node.nodeType === 3 && node.data.trim() !== '');
        if (texts.length > 0 && parseFloat(getComputedStyle(one).fontSize) < LEAST_LETTER_PX)
            faults.push(`letters of ${getComputedStyle(one).fontSize}: "${texts[0].data.trim()}"`);
        const scroller = scrollerOf(one);
        const frame = (one.closest('button, summary, .number, .card, .line') ?? one).getBoundingClientRect();
        for (const text of texts) {
            const range = document.createRange();
            range.selectNodeContents(text);
            for (const box of range.getClientRects()) {
                const outer = scroller ? scroller.getBoundingClientRect() : { left: 0, right: innerWidth };
                if (!isInside(box, outer) || !isInside(box, frame) || box.top < frame.top - 1 || box.bottom > frame.bottom + 1)
                    faults.push(`cut off: "${text.data.trim()}"`);
                else if (!scroller && (box.top < 0 || box.bottom > innerHeight))
                    faults.push(`below the edge: "${text.data.trim()}"`);
            }
        }
    }
    if (document.querySelector('main').clientHeight < LEAST_READING_PX)
        faults.push(`only ${document.querySelector('main').clientHeight} px are left to read in`);
    return faults;
}

// The contrast of every text with what lies behind it, by WCAG 2.2.
export function contrastFaults() {
    const LEAST_TEXT = 10, LEAST_BORDER = 3;
    const rgba = (text) => {
        const [r, g, b, a = 1] = text.match(/[\d.]+/g).map(Number);
        return { rgb: [r, g, b], a };
    };
    const luminance = ({ rgb }) => rgb.map((c) => c / 255)
        .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
        .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
    const contrast = (a, b) => {
        const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
        return (light + 0.05) / (dark + 0.05);
    };
    const behind = (one) => {
        for (; one; one = one.parentElement) {
            const colour = rgba(getComputedStyle(one).backgroundColor);
            if (colour.a === 1)
                return colour;
        }
        return rgba('rgb(255, 255, 255)');
    };
    const faults = [];
    const top = document.querySelector('dialog[open]') ?? document.body;
    for (const one of [...top.querySelectorAll('*')].filter((each) => each.checkVisibility() && !each.closest('.unseen'))) {
        const style = getComputedStyle(one);
        const hasText = [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== '');
        const colours = [hasText && style.color, one.matches('.icon') && style.stroke,
            one.matches('textarea') && getComputedStyle(one, '::placeholder').color];
        for (const colour of colours.filter(Boolean)) {
            const measured = contrast(rgba(colour), behind(one));
            if (measured < LEAST_TEXT)
                faults.push(`${measured.toFixed(1)}:1: "${one.textContent.trim() || one.parentElement.textContent.trim()}"`);
        }
        const border = rgba(style.borderTopColor);
        if (one.matches('button, textarea, summary') && parseFloat(style.borderTopWidth) > 0 && border.a === 1) {
            const measured = Math.max(contrast(border, behind(one.parentElement)), contrast(behind(one), behind(one.parentElement)));
            if (measured < LEAST_BORDER)
                faults.push(`border ${measured.toFixed(1)}:1: "${one.textContent.trim()}"`);
        }
    }
    return faults;
}

// Goes into the page before its own code: what a screen reader would be told.
export function listen() {
    globalThis.heard = [];
    const LIVE = '[role="status"], [role="alert"]';
    addEventListener('focusin', ({ target }) => globalThis.heard.push(`${target.localName}: ${target.textContent.trim()}`));
    new MutationObserver((records) => {
        const changed = new Set();
        for (const { target, addedNodes } of records) {
            const region = (target.nodeType === 1 ? target : target.parentElement)?.closest(LIVE);
            if (region)
                changed.add(region);
            for (const node of addedNodes)
                if (node.nodeType === 1)
                    [node, ...node.querySelectorAll(LIVE)].filter((one) => one.matches(LIVE)).forEach((one) => changed.add(one));
        }
        for (const region of changed)
            if (region.textContent.trim() !== '')
                globalThis.heard.push(`live: ${region.textContent.trim()}`);
    }).observe(document, { childList: true, characterData: true, subtree: true });
}

// A voice that says nothing, and notes what it was given; `finish()` ends a sentence.
export function giveVoice() {
    const voice = { lang: 'en-GB', localService: true, name: 'test' };
    const synthesis = {
        said: [], current: null,
        nAsked: 0,
        // Chromium's voices are not there yet when it is first asked.
        getVoices() { return this.nAsked++ > 0 ? [voice] : []; },
        speak(utterance) { this.current = utterance; this.said.push(utterance.text.trim()); },
        cancel() { this.current = null; },
        finish() { this.current?.onend(); },
    };
    Object.defineProperty(globalThis, 'speechSynthesis', { value: synthesis });
    globalThis.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
}

// Everything that a browser could keep of a visitor.
export async function keptFaults() {
    const kept = {
        address: location.href.slice(location.origin.length), hash: location.hash,
        'browser history': history.length > 2 ? history.length : 0, cookies: document.cookie,
        localStorage: localStorage.length, sessionStorage: sessionStorage.length,
        'caches': (await globalThis.caches?.keys())?.length, databases: (await indexedDB.databases()).length,
        'service workers': (await navigator.serviceWorker?.getRegistrations())?.length,
        inputs: [...document.querySelectorAll('input, textarea')].map((one) => one.value).join(''),
    };
    kept.address = kept.address === '/' ? '' : kept.address;
    return Object.entries(kept).filter(([, value]) => value).map(([name, value]) => `${name}: ${value}`);
}

// `n` visitors in a row, as fast as the page lets them: an area, a question, a typed
// question, a note, the list, larger letters, "Finish and clear".
export async function visitInARow(n, area, heading) {
    const until = async (test) => {
        for (const end = Date.now() + 10000; Date.now() < end; await new Promise((resolve) => { setTimeout(resolve, 1); }))
            if (test())
                return;
        throw new Error(`stuck: ${test}`);
    };
    const isAt = (screen) => () => document.querySelector('main').dataset.screen === screen;
    const press = (name) => [...document.querySelectorAll('button')].find((one) => one.textContent.trim() === name).click();
    for (let i = 0; i < n; i++) {
        await until(() => document.querySelector('.tile'));
        press(area);
        press(heading);
        await until(isAt('reply'));
        press('Ask');
        document.querySelector('textarea').value = `visitor ${i} asks who won the cup`;
        press('Ask');
        await until(isAt('reply'));
        press('Write it down for your dentist');
        press('My list (1)');
        await until(() => document.querySelector('.qr svg'));
        press('Text and colours');
        press('Largest');
        press('Done');
        press('Finish and clear');
    }
}
