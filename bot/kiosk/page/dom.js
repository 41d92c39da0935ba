// Small helpers for building the page.  Text only ever enters it as text: there
// is no innerHTML anywhere, so nothing that a visitor types can become markup.

// An element; `on…` attributes are listeners, null and false are left out.
export function el(tag, attributes, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes ?? {})) {
        if (value === null || value === undefined || value === false)
            continue;
        if (name.startsWith('on'))
            node.addEventListener(name.slice(2), value);
        else
            node.setAttribute(name, value === true ? '' : value);
    }
    node.append(...children.flat(3).filter((child) => child || child === 0));
    return node;
}

// A text whose telephone numbers stay on one line.
export const unbroken = (text) => text.split(/(\d[\d ]{4,}\d)/)
    .map((part, i) => (i % 2 === 1 ? el('span', { class: 'unbroken' }, part) : part));

// Drawn here, on a grid of 24 by 24, as strokes.
const ICONS = {
    back: 'M15 5l-7 7 7 7',
    home: 'M4 11.5 12 5l8 6.5M6.5 10v9.5h11V10',
    keyboard: 'M3 6.5h18v11H3zM7 10h.01M10.3 10h.01M13.7 10h.01M17 10h.01M8 14h8',
    help: 'M12 3.5l9.5 16.5h-19zM12 10v4.5M12 17.2v.1',
    display: 'M3.5 18.5 8.5 6l5 12.5M5.3 14h6.4M15 18.5l3-7.5 3 7.5M16 16h4',
    finish: 'M5 12.5l4.5 4.5L19 7.5',
    speak: 'M4 9.5v5h3.5L12 18.5v-13L7.5 9.5zM15.5 9a4 4 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11',
    pause: 'M8.5 6v12M15.5 6v12',
    repeat: 'M5.5 12a6.5 6.5 0 1 0 2-4.7M7 3.5v4.3h4.3',
    note: 'M6 3.5h9l4 4v13H6zM9 10h7M9 13.5h7M9 17h4',
    take: 'M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2.5v2.5H14zM17.5 17.5H20V20h-2.5z',
    print: 'M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6.5H7z',
    down: 'M12 5v14M6 13l6 6 6-6',
    up: 'M12 19V5M6 11l6-6 6 6',
    go: 'M5 12h14M13 6l6 6-6 6',
    remove: 'M6 6l12 12M18 6 6 18',
    erase: 'M9 6h11v12H9l-5.5-6zM12 9.5l5 5M17 9.5l-5 5',
    // of areas
    tooth: 'M6.5 5c2.3-1.6 3.8 0 5.5 0s3.2-1.6 5.5 0c2.3 2.2.8 6 .1 8.2-.7 1.7-.8 5.8-2.2 5.8-1.7 0-1.5-4.5-3.4-4.5s-1.7 4.5-3.4 4.5c-1.4 0-1.5-4.1-2.2-5.8C5.7 11 4.2 7.2 6.5 5z',
    implant: 'M8 3.5h8v3H8zM9.5 6.5h5v11L12 21l-2.5-3.5zM7.5 10h9M8 13.2h8M8.5 16.4h7',
    person: 'M12 4a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7zM4.5 20.5c0-4.5 3-7 7.5-7s7.5 2.5 7.5 7',
    cigarette: 'M3 14.5h13v3.5H3zM18.5 14.5V18M21 14.5V18M18.5 11.5c0-3-3-2-3-4.5M21 11.5c0-4-2.5-4-2.5-6.5',
    heart: 'M12 20s-8-4.8-8-10.5C4 6.5 6 5 8 5c1.8 0 3.2 1 4 2.6C12.8 6 14.2 5 16 5c2 0 4 1.5 4 4.5C20 15.2 12 20 12 20z',
    pill: 'M5.2 12.7l7.5-7.5a4.3 4.3 0 0 1 6.1 6.1l-7.5 7.5a4.3 4.3 0 0 1-6.1-6.1zM9 9l6 6',
    calendar: 'M4 6h16v14H4zM4 10.5h16M8.5 3.5V8M15.5 3.5V8M8 14h3M8 17h6',
    clock: 'M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17zM12 7v5l3.5 2',
    plaster: 'M4.3 14.2l9.9-9.9a3.9 3.9 0 0 1 5.5 5.5l-9.9 9.9a3.9 3.9 0 0 1-5.5-5.5zM8.5 10l5.5 5.5M12 10v.1M10 12v.1M12 14v.1M14 12v.1',
    cup: 'M4 10h13v4.5a5 5 0 0 1-5 5H9a5 5 0 0 1-5-5zM17 11.5h1.5a2.5 2.5 0 0 1 0 5H17M8 3.5c1.5 1.5-1 2.5 0 4M12.5 3.5c1.5 1.5-1 2.5 0 4',
    brush: 'M4 20 15 9M13 7l4 4M14.5 5.5l4 4 1.5-1.5a1.4 1.4 0 0 0 0-2l-2-2a1.4 1.4 0 0 0-2 0z',
    warning: 'M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17zM12 7.5v5.5M12 16.2v.1',
    pound: 'M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17zM15 9.2C14.6 7.9 13.7 7.2 12.6 7.2c-1.6 0-2.6 1.1-2.6 2.8 0 2.8 1 4 0 6.5h5.3M8.8 12.5h4.7',
    about: 'M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17zM12 11v5.5M12 7.7v.1',
    area: 'M5 4h14v16H5zM8.5 8.5h7M8.5 12h7M8.5 15.5h4',
};

export function icon(name) {
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    svg.setAttribute('viewBox', '0 0 24 24');
    svg.setAttribute('class', 'icon');
    svg.setAttribute('aria-hidden', 'true');
    const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    path.setAttribute('d', ICONS[name] ?? ICONS.area);
    svg.append(path);
    return svg;
}

// A button that says in words what it does; the icon is an ornament.
export function button(label, press, { icon: name, ...attributes } = {}) {
    return el('button', { type: 'button', onclick: press, ...attributes },
        name && icon(name), el('span', { class: 'label' }, label));
}

// A heading that can take the focus when its screen is shown.
export function title(text, attributes) {
    return el('h1', { tabindex: '-1', id: 'title', ...attributes }, text);
}
