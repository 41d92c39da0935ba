// screens.js -- every screen of the page, and how a visitor gets there.

export const REFUSED = 'who won the cup';
const SMOKING = 'smoking';

// A single word that the knowledge of the day answers by a choice: one that makes a
// picture, or else any of its headings.
const VAGUE = ['cleaning', 'dentures', 'bone'];

async function findVague(server, headings) {
    for (const word of new Set([...VAGUE, ...headings.join(' ').toLowerCase().match(/[a-z]{4,}/g)]))
        if ((await server.ask({ question: word })).outcome === 'choices')
            return word;
    throw new Error('no word of a heading is answered by choices');
}

// Names that depend on the knowledge: an area, one of its questions, its neighbours.
export async function findNames(server) {
    const { areas } = await server.get('/api/topics');
    const area = areas.find(({ topics }) => topics.some(({ id }) => id === SMOKING));
    const reply = await server.ask({ topic: SMOKING });
    const headings = areas.flatMap(({ topics }) => topics.map(({ heading }) => heading));
    return { area: area.title, reply, vague: await findVague(server, headings) };
}

const answer = async (visitor, { names }) => {
    await visitor.press(names.area);
    await visitor.press(names.reply.heading);
    await visitor.at('reply');
};
const unfolded = async (visitor, world) => {
    await answer(visitor, world);
    await visitor.press('Read more about this');
    await visitor.press('Where this comes from');
};
const noted = async (visitor) => {
    await visitor.ask(REFUSED);
    await visitor.press('Write it down for your dentist');
    await visitor.press('My list (1)');
    await visitor.page.waitForSelector('.qr svg');
};

export const SCREENS = {
    'start': async () => {},
    'area': (visitor, { names }) => visitor.press(names.area),
    'answer': answer,
    'answer unfolded': unfolded,
    'question box': (visitor) => visitor.press('Type your question'),
    'suggestions': async (visitor) => {
        await visitor.press('Type your question');
        await visitor.type('can i smok');
    },
    'choices': (visitor, { names }) => visitor.ask(names.vague),
    'refusal': (visitor) => visitor.ask(REFUSED),
    'small talk': (visitor) => visitor.ask('hello'),
    'emergency': (visitor) => visitor.ask('i cant breathe properly'),
    'urgent': (visitor) => visitor.ask('the bleeding wont stop'),
    'take home': async (visitor, world) => {
        await answer(visitor, world);
        await visitor.press('Take it home');
        await visitor.page.waitForSelector('.qr svg');
    },
    'list': noted,
    'list emptied': async (visitor) => {
        await noted(visitor);
        await visitor.press(`Remove: ${REFUSED}`);
    },
    'no voice': async (visitor, world) => {
        await answer(visitor, world);
        await visitor.press('Read aloud');
    },
    'help': (visitor) => visitor.press('Help now'),
    'text and colours': (visitor) => visitor.press('Text and colours'),
    'idle warning': async (visitor, { names }) => {
        await visitor.press(names.area);
        await visitor.seconds(61);
        await visitor.page.waitForSelector('#idle[open]');
    },
    'server gone': async (visitor, { server }) => {
        await server.kill();
        await visitor.seconds(5);
        await visitor.page.waitForSelector('#gone strong');
    },
    'waiting for the server': async (visitor, { server, names }) => {
        await visitor.press(names.area);
        await server.kill();
        await visitor.press(names.reply.heading);
        await visitor.at('waiting');
    },
};
