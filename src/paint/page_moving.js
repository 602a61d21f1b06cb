// The second part of page.js, which opens the function that this stands in: moving in the drawing, by pointers and by keys.

/* ---- Zoom ---- */

const size = view => ({w: view.stage.clientWidth || 1, h: view.stage.clientHeight || 1});
const fitWidth = view => Math.max(view.box.w, view.box.h * size(view).w / size(view).h);

// The camera: the middle of what is seen, and how many points of the drawing are seen from left to right.
function look(view, x, y, w) {
    const fit = fitWidth(view), {box} = view;
    const width = clamp(w, fit / MOST_ZOOM, fit), height = width * size(view).h / size(view).w;
    const middle = (at, from, length, seen) => seen >= length ? from + length / 2 : clamp(at, from + seen / 2, from + length - seen / 2);
    view.camera = {x: middle(x, box.x, box.w, width), y: middle(y, box.y, box.h, height), w: width, h: height};
    view.svg.setAttribute('viewBox', [view.camera.x - width / 2, view.camera.y - height / 2, width, height].map(n => Math.round(n * 100) / 100).join(' '));
    const whole = width > fit * 0.999;
    view.stage.classList.toggle('more-before', view.camera.x - width / 2 > box.x + 1);
    view.stage.classList.toggle('more-after', view.camera.x + width / 2 < box.x + box.w - 1);
    view.stage.classList.toggle('near', !whole && width < view.home.w * 0.999);
    view.closer.disabled = width < fit / MOST_ZOOM * 1.001;
    view.farther.disabled = view.fitter.disabled = whole;
}

// From where to where a text stands, as it is written; to ask where it came to stand would cost a layout before the first paint.
function extent(text) {
    if (!text) return null;
    const x = Number(text.getAttribute('x')), width = Number(text.getAttribute('textLength')) || 0;
    const before = {middle: width / 2, end: width}[text.getAttribute('text-anchor')] || 0;
    return [x - before, x - before + width];
}

// Where a window of a width begins that holds most words: at the left, where one begins to read, unless much more stands elsewhere.
function crowded(view, w) {
    const {box} = view, all = view.elements.filter(element => element.ref).map(({g}) => extent(g.querySelector('text'))).filter(Boolean);
    const countFrom = left => all.filter(([first, last]) => first >= left && last <= left + w).length;
    let best = box.x, most = countFrom(best) * 1.5;
    for (let left = box.x + box.w - w; left > box.x; left -= w / 16) {
        if (countFrom(left) > most) [best, most] = [left, countFrom(left)];
    }
    return best;
}

// Where the drawing is seen at first: all of it, or where its words would be too small, as much as can be read, where most is. Beside a wide
// one there is no room for the panel.
function settle(view) {
    const {box} = view;
    view.section.classList.toggle('wide', !more.beside && box.w / box.h > 1.9);
    const room = view.stage.clientWidth, most = Math.max(innerHeight * 0.8, 240), fit = room / box.w, whole = fit >= LEAST_SCALE;
    const scale = whole ? Math.min(fit, 2, Math.max(most / box.h, 0.85)) : clamp(most * 0.6 / box.h, 0.7, 1);
    view.stage.style.height = Math.round(Math.min(box.h * scale, most)) + 'px';
    const w = Math.min(room / scale, fitWidth(view));
    view.home = {x: (whole ? box.x : crowded(view, w)) + w / 2, y: box.y, w};
    if (!whole) more.home?.(view);
}

function goHome(view) {
    settle(view);
    look(view, view.home.x, view.home.y, view.home.w);
}

// Makes the drawing larger around a point of the stage.
function zoom(view, factor, px, py) {
    const {camera} = view, {w, h} = size(view);
    const dx = ((px ?? w / 2) / w - 0.5) * camera.w, dy = ((py ?? h / 2) / h - 0.5) * camera.h;
    const width = clamp(camera.w / factor, fitWidth(view) / MOST_ZOOM, fitWidth(view)), ratio = width / camera.w;
    look(view, camera.x + dx * (1 - ratio), camera.y + dy * (1 - ratio), width);
    kept(view);
}

function pan(view, dx, dy) {
    const {camera} = view;
    look(view, camera.x + dx, camera.y + dy, camera.w);
    kept(view);
}

function kept(view) {
    const round = n => Math.round(n * 10) / 10;
    const {camera, home} = view, isHome = Math.abs(camera.w - home.w) < 1 && Math.abs(camera.x - home.x) < 1;
    state.at = isHome ? null : [round(camera.x), round(camera.y), round(camera.w)];
    keep();
}

// Moves the camera to elements of which nothing is seen: to all of them where there is room, else to the last that has words.
function attend(view, elements) {
    const {camera} = view, places = elements.filter(element => !element.g.classList.contains('later')).map(element => ({...middle(element.g), element}));
    const isSeen = ({x, y}) => Math.abs(x - camera.x) < camera.w * 0.46 && Math.abs(y - camera.y) < camera.h / 2;
    if (!places.length || places.some(isSeen)) return;
    const left = Math.min(...places.map(({box}) => box.x)), right = Math.max(...places.map(({box}) => box.x + box.width));
    const top = Math.min(...places.map(({box}) => box.y)), bottom = Math.max(...places.map(({box}) => box.y + box.height));
    const fits = right - left < camera.w && bottom - top < camera.h;
    const {x, y} = fits ? {x: (left + right) / 2, y: (top + bottom) / 2} : places.findLast(({element}) => element.g.querySelector('text')) ?? places.at(-1);
    look(view, x, y, camera.w);
}

// Moves the camera to what is followed.
function bring() {
    const view = current(), lit = view.elements.filter(element => element.g.classList.contains('lit')), own = lit.filter(element => element.ref === state.ref);
    attend(view, own.length ? own : lit);
}

const scaleOf = view => size(view).w / view.camera.w;

// The element under a point, or within a few pixels of it: lines are thin.
function hit(view, x, y) {
    for (const [dx, dy] of [[0, 0], [0, -4], [0, 4], [-4, 0], [4, 0], [0, -7], [0, 7]]) {
        const element = view.of.get(document.elementFromPoint(x + dx, y + dy)?.closest('.stage svg > g'));
        if (element?.ref && !(dx + dy && element.kind === 'lab')) return element;
    }
    return null;
}

function addPointers(view) {
    const {stage} = view, down = new Map();
    let moved = false, spread = 0;
    const place = event => { const box = stage.getBoundingClientRect(); return [event.clientX - box.left, event.clientY - box.top]; };
    stage.addEventListener('pointerdown', event => {
        if (event.button) return;
        if (!down.size) moved = false;
        down.set(event.pointerId, place(event));
        const [a, b] = [...down.values()];
        spread = b ? Math.hypot(a[0] - b[0], a[1] - b[1]) : 0;
    });
    stage.addEventListener('pointermove', event => {
        const before = down.get(event.pointerId), [x, y] = place(event);
        if (!before) {
            if (event.pointerType === 'mouse') lightUp(hit(view, event.clientX, event.clientY)?.ref);
            return;
        }
        if (down.size === 2) {
            down.set(event.pointerId, [x, y]);
            const [a, b] = [...down.values()], now = Math.hypot(a[0] - b[0], a[1] - b[1]);
            if (spread > 0 && now > 0) zoom(view, now / spread, (a[0] + b[0]) / 2, (a[1] + b[1]) / 2);
            [spread, moved] = [now, true];
        } else if (moved || Math.hypot(x - before[0], y - before[1]) > 4) {
            if (!moved) stage.setPointerCapture(event.pointerId);
            moved = true;
            down.set(event.pointerId, [x, y]);
            pan(view, (before[0] - x) / scaleOf(view), (before[1] - y) / scaleOf(view));
        }
    });
    for (const type of ['pointerup', 'pointercancel']) {
        stage.addEventListener(type, event => down.delete(event.pointerId));
    }
    stage.addEventListener('pointerleave', () => lightUp());
    stage.addEventListener('click', event => {
        if (event.target.closest('a') || moved) return;
        const ref = hit(view, event.clientX, event.clientY)?.ref || null;
        if (ref !== state.ref) follow(ref === state.ref ? null : ref);
        else if (ref) follow(null);
    });
    // The wheel scrolls the page, unless the reader is at work in the drawing.
    stage.addEventListener('wheel', event => {
        if (!event.ctrlKey && !event.metaKey && !stage.contains(document.activeElement)) return;
        event.preventDefault();
        zoom(view, Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.002)), ...place(event));
    }, {passive: false});
}

/* ---- The keyboard ---- */

const boxes = new WeakMap();

function middle(g) {
    if (!boxes.has(g)) boxes.set(g, g.getBBox());
    const box = boxes.get(g);
    return {x: box.x + box.width / 2, y: box.y + box.height / 2, box};
}

// What is read out one after the other: labs, people, then what happened by time; in a table of stances each lab with its own.
function inReadingOrder(view, stops) {
    const ranks = {lab: 0, person: 1}, rowOf = new Map(stops.filter(element => element.kind === 'lab').map(element => [element.ref, middle(element.g).y]));
    const isTable = stops.some(element => element.kind === 'stance');
    const keys = new Map(stops.map(element => {
        const {x, y} = middle(element.g), row = rowOf.get('lab:' + element.g.dataset.lab) ?? y, rank = ranks[kindOf(element.ref)] ?? 2;
        return [element, isTable ? [row, x] : [rank, rank < 2 ? '' : element.g.dataset.date || '', y, x]];
    }));
    return stops.sort((a, b) => {
        const one = keys.get(a), two = keys.get(b), i = one.findIndex((key, at) => key !== two[at]);
        return i < 0 ? 0 : one[i] < two[i] ? -1 : 1;
    });
}

// What is read out: the words that are seen, then what the drawing says by its lines. The lab of a stance stands at the head of its row.
function nameStops(view) {
    for (const {g, kind, title, ref} of view.stops) {
        const words = [...g.querySelectorAll('text')].filter(text => text.getAttribute('visibility') !== 'hidden').map(text => text.textContent.trim()).join(' ');
        const label = words && kind === 'stance' ? name('lab:' + g.dataset.lab) + ': ' + words : words || title || titleOf(ref);
        g.setAttribute('aria-label', label);
        if (title && title !== label) g.setAttribute('aria-description', title);
    }
}

// Tab leads to this one of the elements, or where it is not there yet to the first that is.
function moveStop(view, wanted) {
    const isThere = ({g}) => !g.classList.contains('later'), one = wanted && isThere(wanted) ? wanted : view.stops.find(isThere);
    for (const stop of view.stops) stop.g.setAttribute('tabindex', stop === one ? '0' : '-1');
}

// One element for each thing that can be followed, words before lines; one of them is in the order of Tab.
function setStops(view) {
    for (const {g} of view.elements) ['aria-hidden', 'role', 'tabindex', 'aria-pressed', 'aria-label', 'aria-description'].forEach(name => g.removeAttribute(name));
    const best = new Map();
    for (const element of view.elements) {
        const key = element.kind === 'stance' ? element.id : element.ref, other = best.get(key), has = element.g.querySelector('text') ? 1 : 0;
        if (element.ref && more.sees?.(view, element) !== false && (!other || has > (other.g.querySelector('text') ? 1 : 0))) best.set(key, element);
    }
    view.stops = inReadingOrder(view, [...best.values()]);
    const stops = new Set(view.stops);
    for (const {g} of view.elements.filter(element => element.ref && !stops.has(element) && !element.g.querySelector('a'))) g.setAttribute('aria-hidden', 'true');
    view.svg.setAttribute('aria-owns', view.stops.map(element => element.g.id).join(' '));
    view.stops.forEach(element => {
        element.g.setAttribute('role', 'button');
        element.g.setAttribute('aria-pressed', 'false');
    });
    nameStops(view);
    moveStop(view);
}

function addFocus(view) {
    if (view.stops || view.section.hidden) return;
    view.svg.querySelectorAll(':scope > g text:not(:last-child)').forEach(text => text.after(' ')); // words of one line and those of the next are not one
    setStops(view);
    lightUp();
    view.ring = makeSvg('rect', {class: 'focus-ring', rx: 2, visibility: 'hidden', 'aria-hidden': 'true'}, view.svg);
    view.svg.addEventListener('focusin', event => {
        const element = view.of.get(event.target);
        if (!element) return;
        moveStop(view, element);
        if (!event.target.matches(':focus-visible')) return;
        const {x, y, box} = middle(element.g);
        Object.entries({x: box.x - 2, y: box.y - 2, width: box.width + 4, height: box.height + 4, visibility: 'visible'}).forEach(([key, value]) => view.ring.setAttribute(key, value));
        const {camera} = view;
        const inside = Math.abs(x - camera.x) < camera.w / 2 && Math.abs(y - camera.y) < camera.h / 2;
        if (!inside) look(view, x, y, camera.w);
        lightUp(element.ref);
    });
    view.svg.addEventListener('focusout', () => { view.ring.setAttribute('visibility', 'hidden'); lightUp(); });
}

// The next element in a direction: near, and more ahead than aside.
function neighbour(view, from, dx, dy) {
    const here = middle(from.g);
    let best = null, least = Infinity;
    for (const element of view.stops) {
        const there = middle(element.g), ahead = (there.x - here.x) * dx + (there.y - here.y) * dy;
        const aside = Math.abs((there.x - here.x) * dy) + Math.abs((there.y - here.y) * dx), cost = ahead + 2.5 * aside;
        if (element !== from && ahead > 0.5 && cost < least && !element.g.classList.contains('later')) [best, least] = [element, cost];
    }
    return best;
}

function onStageKey(view, event) {
    const arrows = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]}, arrow = arrows[event.key];
    const element = view.of.get(document.activeElement);
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (arrow && event.shiftKey) pan(view, arrow[0] * view.camera.w / 8, arrow[1] * view.camera.h / 8);
    else if (arrow && element) neighbour(view, element, ...arrow)?.g.focus();
    else if ((event.key === 'Enter' || event.key === ' ') && element) follow(element.ref === state.ref ? null : element.ref);
    else if (event.key === '+' || event.key === '=') zoom(view, 1.5);
    else if (event.key === '-') zoom(view, 1 / 1.5);
    else if (event.key === '0') { look(view, view.box.x, view.box.y, fitWidth(view)); kept(view); }
    else return;
    event.preventDefault();
}

document.addEventListener('keydown', event => {
    if (event.key === '/' && document.activeElement !== field && !event.ctrlKey && !event.metaKey) { event.preventDefault(); field.focus(); }
    else if (event.key === 'Escape' && document.activeElement !== field && state.ref) {
        if (card.contains(document.activeElement)) field.focus();
        follow(null);
    }
});
