// Talking to osseo-kiosk.  A question travels in the body of a POST, never in
// an address; nothing is kept by the browser.

const TIMEOUT_MS = 8000;

// The server understood and said no, so asking again would not help.
export class Refused extends Error {}

async function request(path, body) {
    const options = {
        cache: 'no-store', credentials: 'omit', referrerPolicy: 'no-referrer', redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT_MS),
    };
    if (body !== undefined) {
        options.method = 'POST';
        options.headers = { 'Content-Type': 'application/json' };
        options.body = JSON.stringify(body);
    }
    const response = await fetch(path, options);
    if (response.ok)
        return response;
    throw response.status < 500 ? new Refused(`${path}: ${response.status}`)
                                : new Error(`${path}: ${response.status}`);
}

const json = async (path, body) => (await request(path, body)).json();

export const health = () => json('/api/health');
export const clinic = () => json('/api/clinic');
export const topics = () => json('/api/topics');
export const ask = (question, after) => json('/api/ask', after ? { question, after } : { question });
export const askTopic = (topic) => json('/api/ask', { topic });

// A QR code as an SVG element of our own, rebuilt from the shapes in the reply.
// `what` is a topic or a list of notes: { topic } or { notes }.
export async function qr(what) {
    const response = await request('/api/qr', what);
    const drawing = new DOMParser().parseFromString(await response.text(), 'image/svg+xml');
    const root = drawing.documentElement;
    if (root.nodeName !== 'svg')
        throw new Error('/api/qr: not a drawing');
    return document.importNode(root, true);
}
