// behaviour.js -- what the page does, beyond how each screen looks.

import { giveVoice, layoutFaults, listen } from './checks.js';
import { readCode, Server, test, unless, Visitor } from './kiosk.js';
import { REFUSED, SCREENS } from './screens.js';

const HOSTILE = '<img src=x onerror="alert(1)"><script>alert(2)</script>&lt;b&gt; \u202eabc';
const NOTE = 'Write it down for your dentist';
const focused = (page) => page.evaluate(() => document.activeElement.textContent.trim() || document.activeElement.id);
const text = (page, selector) => page.locator(selector).first().innerText();
const isShown = (page, selector) => page.locator(selector).first().isVisible();

// A test with a visitor of its own; whatever the page complains about is a fault.
function testVisit({ browser, server }, name, options, run) {
    return test(name, async () => {
        const { hand, ...rest } = options;
        const visitor = await Visitor.come(browser, server, hand, rest);
        try {
            return [...(await run(visitor, visitor.page) ?? []), ...visitor.faults];
        } finally {
            await visitor.leave();
        }
    });
}

async function asking(world) {
    const { names } = world;
    await testVisit(world, 'an answer is three taps away from the start', {}, async (visitor) => {
        visitor.taps = 1; // the page itself was woken by one
        await SCREENS.answer(visitor, world);
        return [unless(visitor.taps <= 3, `${visitor.taps} taps`)];
    });
    await testVisit(world, 'the focus moves to the heading of each screen and of the answer', {}, async (visitor, page) => {
        const seen = [];
        await visitor.press(names.area);
        seen.push(await focused(page) === names.area);
        await visitor.press(names.reply.heading);
        await visitor.at('reply');
        seen.push(await focused(page) === names.reply.heading);
        await visitor.press('Ask');
        seen.push(await focused(page) === 'question');
        return seen.map((isRight, i) => unless(isRight, `screen ${i + 1}`));
    });
    await testVisit(world, 'the focus returns to the button that opened "Text and colours"', { hand: 'keys' }, async (visitor, page) => {
        await visitor.press('Text and colours');
        await visitor.press('Large');
        await visitor.press('Done');
        return [unless(await focused(page) === 'Text and colours', await focused(page))];
    });
    await testVisit(world, 'an answer is announced once, by its heading', { scripts: [listen] }, async (visitor, page) => {
        await visitor.press(names.area);
        await page.evaluate(() => { globalThis.heard.length = 0; });
        await visitor.press(names.reply.heading);
        await visitor.at('reply');
        await page.waitForTimeout(200);
        const heard = (await page.evaluate(() => globalThis.heard)).filter((one) => one.startsWith('live') || one.startsWith('h1'));
        return [unless(heard.join() === `h1: ${names.reply.heading}`, heard)];
    });
    for (const [screen, word] of [['emergency', 'Emergency'], ['urgent', 'Urgent']])
        await testVisit(world, `the ${screen} card comes first, is an alert that is announced once, and says "${word}"`,
            { scripts: [listen] }, async (visitor, page) => {
                await SCREENS[screen](visitor);
                await page.waitForTimeout(200);
                const card = page.locator('main :is(h1, h2, p, section)').first();
                const heard = (await page.evaluate(() => globalThis.heard)).filter((one) => one.startsWith(`live: ${word}`));
                const number = await page.locator('.card .number').first().evaluate((one) => parseFloat(getComputedStyle(one).fontSize));
                return [unless(await card.getAttribute('role') === 'alert', 'the card is not first, or no alert'),
                    unless((await card.innerText()).startsWith(word), await card.innerText()),
                    unless(heard.length === 1, `heard ${heard.length} times`), unless(number >= 40, `numbers of ${number} px`)];
            });
    await testVisit(world, 'the key sentence is marked, the rest folded, the caveat there', {}, async (visitor, page) => {
        await SCREENS.answer(visitor, world);
        return [unless(await text(page, '.passage mark') === names.reply.key_sentence, 'mark'),
            unless(await text(page, '.caveat') === names.reply.caveat, 'caveat'),
            unless(!await isShown(page, 'details .sources'), 'sources are unfolded'),
            unless(await page.locator('.sources li').count() === names.reply.sources.length, 'sources')];
    });
    await testVisit(world, 'a telephone number is not broken at the end of a line, at the largest text', {}, async (visitor, page) => {
        await page.evaluate(() => { document.documentElement.dataset.size = '4'; });
        const faults = [];
        for (const screen of ['answer', 'refusal']) {
            await SCREENS[screen](visitor, world);
            for (const [width, height] of [[1080, 1920], [1280, 800], [1024, 768]]) {
                await page.setViewportSize({ width, height });
                const lines = await page.locator('.unbroken').evaluateAll((all) => all.map((one) => one.getClientRects().length));
                faults.push(unless(lines.length > 0 && lines.every((n) => n === 1), `${screen} at ${width}x${height}: ${lines}`));
            }
            await visitor.press('Start');
        }
        return faults;
    });
    await testVisit(world, 'a misspelt word is said to have been read as another', {}, async (visitor, page) => {
        await visitor.ask('can i smok with implants');
        return [unless(/smok.*as.*smoke/.test(await text(page, '.corrections')), await text(page, '.asked'))];
    });
    await testVisit(world, 'real questions are suggested while typing, and a press answers one', {}, async (visitor, page) => {
        await SCREENS.suggestions(visitor);
        await visitor.press(names.reply.heading);
        await visitor.at('reply');
        return [unless(await text(page, '.answer h1') === names.reply.heading, 'another answer')];
    });
    await testVisit(world, 'a question that goes on carries the topic before', {}, async (visitor) => {
        await SCREENS.answer(visitor, world);
        await visitor.ask('how much worse is it?');
        const { after } = JSON.parse(visitor.requests.filter((one) => one.url().endsWith('/api/ask')).at(-1).postData());
        return [unless(after === names.reply.topic, after)];
    });
    await testVisit(world, 'a choice is answered by one press', {}, async (visitor, page) => {
        await SCREENS.choices(visitor, world);
        const [choice] = (await world.server.ask({ question: names.vague })).choices;
        await visitor.press(choice.heading);
        await page.waitForSelector('.answer');
        return [unless(await text(page, '.answer h1') === choice.heading, 'another answer')];
    });
    await testVisit(world, 'hostile text in a question appears as text', { hand: 'keys' }, async (visitor, page) => {
        let isAlerted = false;
        page.on('dialog', (dialog) => { isAlerted = true; dialog.dismiss(); });
        await visitor.press('Type your question');
        await page.keyboard.insertText(HOSTILE);
        await visitor.press('Ask');
        await visitor.at('reply');
        await visitor.press(NOTE);
        const asked = await text(page, '.asked');
        await visitor.press('My list (1)');
        await page.waitForSelector('.qr svg');
        return [unless(asked.includes(HOSTILE), asked), unless((await text(page, '.notes')).includes('<img src=x'), 'list'),
            unless(await page.locator('main img, main script').count() === 0, 'it became markup'), unless(!isAlerted, 'it ran')];
    });
}

async function hands(world) {
    const { names } = world;
    await testVisit(world, 'keys type, delete, clear, and take a trembling double touch for one', {}, async (visitor, page) => {
        await visitor.press('Type your question');
        await visitor.type('don\'t x');
        await visitor.press('Delete');
        const field = page.locator('#question');
        const typed = await field.inputValue();
        const key = await page.getByRole('button', { name: 'b', exact: true }).boundingBox();
        await page.mouse.dblclick(key.x + 20, key.y + 20);
        const once = await field.inputValue();
        await visitor.press('Clear');
        return [unless(typed === 'don\'t ', typed), unless(once === 'don\'t b', once), unless(await field.inputValue() === '', 'not cleared')];
    });
    await testVisit(world, 'the box fills nothing in and corrects nothing', {}, async (visitor, page) => {
        await visitor.press('Type your question');
        const names_ = ['autocomplete', 'autocorrect', 'autocapitalize', 'spellcheck', 'inputmode'];
        const values = await page.locator('#question').evaluate((one, wanted) => wanted.map((name) => one.getAttribute(name)), names_);
        return [unless(values.join() === 'off,off,off,false,none', values), unless(await page.locator('form').count() === 0, 'a form')];
    });
    await testVisit(world, 'the four sizes and the two themes are set by their buttons', {}, async (visitor, page) => {
        const letters = [], behind = [];
        await visitor.press('Text and colours');
        for (const size of ['Normal', 'Large', 'Larger', 'Largest']) {
            await visitor.press(size);
            letters.push(await page.evaluate(() => parseFloat(getComputedStyle(document.body).fontSize)));
        }
        for (const theme of ['Light', 'Dark, high contrast']) {
            await visitor.press(theme);
            behind.push(await page.evaluate(() => getComputedStyle(document.body).backgroundColor));
        }
        return [unless(letters[0] >= 20 && letters.every((one, i) => i === 0 || one > letters[i - 1] * 1.15), letters),
            unless(behind[0] !== behind[1], behind)];
    });
    for (const [width, height] of [[1080, 1920], [1920, 1080]])
        await testVisit(world, `in reach mode all controls lie in the lower half at ${width}x${height}`, { viewport: { width, height } }, async (visitor, page) => {
            const faults = [];
            await visitor.press('Text and colours');
            await visitor.press('Lower half, to reach sitting down');
            await visitor.press('Done');
            for (const screen of ['area', 'answer', 'suggestions', 'choices', 'refusal']) {
                await SCREENS[screen](visitor, world);
                const high = await page.evaluate(() => [...document.querySelectorAll('button')]
                    .filter((one) => one.checkVisibility() && one.getBoundingClientRect().top < innerHeight * 0.4)
                    .map((one) => one.textContent.trim()));
                faults.push(...high.map((name) => `${screen}: "${name}"`), ...(await page.evaluate(layoutFaults)).map((one) => `${screen}: ${one}`));
                await visitor.press('Start');
            }
            return faults;
        });
    await testVisit(world, 'nothing moves for those who ask for less motion', {}, async (visitor, page) => {
        await SCREENS.answer(visitor, world);
        const moving = await page.evaluate(() => [document.getAnimations().length, getComputedStyle(document.querySelector('main')).scrollBehavior]);
        return [unless(moving.join() === '0,auto', moving)];
    });
    await testVisit(world, 'a child pressing three hundred things breaks nothing', { clock: true }, async (visitor, page) => {
        let seed = 1; // the same presses in each run
        const random = (n) => { seed = (seed * 48271) % 2147483647; return seed % n; };
        await page.evaluate(() => { globalThis.print = () => {}; });
        for (let i = 0; i < 300; i++) {
            const places = await page.evaluate(() => [...(document.querySelector('dialog[open]') ?? document).querySelectorAll('button, summary, textarea')]
                .map((one) => one.getBoundingClientRect()).filter((box) => box.width > 0 && box.top >= 0 && box.bottom <= innerHeight)
                .map((box) => [box.x + box.width / 2, box.y + box.height / 2]));
            await page.touchscreen.tap(...places[random(places.length)]);
        }
        await visitor.seconds(200);
        await visitor.at('start');
        return [];
    });
    await testVisit(world, 'reading aloud can pause, carry on and begin again', { scripts: [giveVoice] }, async (visitor, page) => {
        const said = () => page.evaluate(() => speechSynthesis.said.splice(0));
        const finish = () => page.evaluate(() => speechSynthesis.finish());
        await SCREENS.answer(visitor, world);
        await visitor.press('Read aloud');
        await finish();
        const [heading, second] = await said();
        await visitor.press('Pause');
        await finish();
        const inPause = await said();
        await visitor.press('Carry on');
        const [again] = await said();
        await visitor.press('From the start');
        const [first] = await said();
        await visitor.press('Start');
        await finish();
        return [unless(heading === names.reply.heading && first === heading, heading), unless(inPause.length === 0, inPause),
            unless(again === second, again), unless((await said()).length === 0, 'it goes on when the screen is left')];
    });
}

// Black and white modules of the drawing in the page, as a decoder wants them: four
// bytes a pixel, one pixel a module.
function pixelsOf(svg) {
    const [, , , side] = svg.viewBox.split(' ').map(Number);
    const pixels = new Uint8ClampedArray(side * side * 4).fill(255);
    for (const [, x, y, run] of svg.path.matchAll(/M(\d+) (\d+)h(\d+)v1/g))
        for (let i = 0; i < Number(run); i++)
            pixels.fill(0, (Number(y) * side + Number(x) + i) * 4, (Number(y) * side + Number(x) + i) * 4 + 3);
    return { pixels, side };
}

async function readSquare(page) {
    const svg = await page.locator('.qr svg').evaluate((one) => ({
        viewBox: one.getAttribute('viewBox'), path: one.querySelector('path').getAttribute('d'), width: one.getBoundingClientRect().width,
    }));
    const { pixels, side } = pixelsOf(svg);
    return { text: readCode(pixels, side, side)?.data ?? '', pixelsAModule: svg.width / side };
}

async function taking(world) {
    for (const [width, height] of [[1080, 1920], [1024, 768]])
        await testVisit(world, `the square holds answer and telephone, and can be read at arm's length at ${width}x${height}`,
            { viewport: { width, height } }, async (visitor, page) => {
                await SCREENS['take home'](visitor, world);
                const square = await readSquare(page);
                // 5 px are 1.3 mm: a 69-module code is then 9 cm wide, and 40 cm is 4.5 times that.
                return [unless(square.text.includes(world.names.reply.heading) && square.text.includes('01632 960 123'), square.text),
                    unless(square.pixelsAModule >= 5, `${square.pixelsAModule} px`)];
            });
    await testVisit(world, 'the square of the list holds what was written down', {}, async (visitor, page) => {
        await SCREENS.list(visitor);
        const square = await readSquare(page);
        return [unless(square.text.includes(REFUSED), square.text)];
    });
    await testVisit(world, 'a list that the square has no room for says so', { hand: 'keys' }, async (visitor, page) => {
        for (const word of ['one', 'two', 'three']) {
            await visitor.ask(`${REFUSED} in the year ${word} ${'and '.repeat(25)}`);
            await visitor.press(NOTE);
        }
        await visitor.press('My list (3)');
        await page.waitForSelector('.qr svg');
        const square = await readSquare(page);
        return [unless((await text(page, '.how')).includes('the beginning of your list'), await text(page, '.how')),
            unless(square.text.includes('01632 960 123'), square.text)];
    });
    await testVisit(world, 'the printed sheet is black on white and holds answer, sources and list', {}, async (visitor, page) => {
        await page.evaluate(() => { globalThis.print = () => { globalThis.isPrinted = true; }; });
        await SCREENS.answer(visitor, world);
        await visitor.press(NOTE);
        await visitor.press('Take it home');
        await visitor.press('Print');
        await page.emulateMedia({ media: 'print' });
        const sheet = await text(page, '#paper');
        const { passage, heading, sources } = world.names.reply;
        const colours = await page.locator('#paper, #paper *').evaluateAll((all) => [...new Set(all.map((one) => getComputedStyle(one).color))]);
        return [unless(await page.evaluate(() => globalThis.isPrinted), 'nothing is printed'),
            ...[passage, heading, sources[0].title, '01632 960 123'].map((part) => unless(sheet.includes(part), `missing: ${part}`)),
            unless(colours.join() === 'rgb(0, 0, 0)', colours), unless(!await isShown(page, 'main'), 'the screen is printed')];
    });
}

const UNTITLED = '{"_id": "1", "title": "", "text": "Brush your implants twice a day."}\n'
    + '{"_id": "2", "title": "Smoking", "text": "Smoking makes implants fail more often."}\n';

async function otherKnowledge({ browser }) {
    const server = new Server(UNTITLED);
    await server.start();
    await testVisit({ browser, server }, 'a knowledge without articles and titles is served too', {}, async (visitor, page) => {
        await visitor.press('All questions');
        await visitor.press('A passage without a title');
        await visitor.at('reply');
        return [unless((await text(page, '.passage')).startsWith('Brush'), 'another answer')];
    });
    await server.kill();
}

async function serverLost(world) {
    const { server, names } = world;
    await testVisit(world, 'a killed server is said kindly, with the emergency card, and the question is answered when it is back',
        { scripts: [listen] }, async (visitor, page) => {
            await visitor.press(names.area);
            await server.kill();
            await visitor.press(names.reply.heading);
            await visitor.at('waiting');
            const notice = await text(page, '#gone');
            const heard = (await page.evaluate(() => globalThis.heard)).filter((one) => one.startsWith('live: Sorry'));
            await server.start();
            await visitor.at('reply');
            return [unless(notice.startsWith('Sorry') && notice.includes('999'), notice), unless(heard.length === 1, `heard ${heard.length} times`),
                unless(await text(page, '.answer h1') === names.reply.heading, 'another answer'), unless(!await isShown(page, '#gone'), 'the notice stays')];
        });
}

export async function run(world) {
    for (const part of [asking, hands, taking, otherKnowledge, serverLost])
        await part(world);
}
