// What a page of a difference adds: before, difference and after on one slider, and the list of changes, each with its place in the drawing.
//     panel=before&change=event.added:llamacon
// page.js calls it with its own parts, and then what is returned where a page of a difference does more than another.
'use strict';
globalThis.orgflowDifference = page => {
const {data, items, state, make} = page;
const MOST_NEWS = 8, READABLE = 0.9; // pixels a point
const SIGNS = {added: '+', removed: '−', changed: 'Δ'}, NAMES = {before: 'Before', diff: 'Difference', after: 'After'};
const list = document.getElementById('changes');
const isChange = ref => ref !== null && ref.startsWith('change:'), idOf = ref => ref.slice('change:'.length);
const rows = new Map([...list.querySelectorAll('li[data-change]')].map(li => {
    const words = li.querySelector('.words'), id = li.dataset.change;
    const button = make('button', {type: 'button', className: 'link', onclick: () => page.follow(state.ref === 'change:' + id ? null : 'change:' + id)}, words.textContent);
    words.replaceChildren(button);
    return [id, {li, button, text: words.textContent, kind: li.className, sign: SIGNS[li.className],
        items: [id.replace(/\.[a-z]+/, '').replaceAll('%20', ' '), ...page.words(li.dataset.items)], more: null}];
}));
const ids = [...rows.keys()];
const spoken = {added: 'Added', removed: 'Removed', changed: 'Changed'};

/* ---- Which panel ---- */

const usual = view => view.panels.some(panel => panel.name === 'diff') ? 'diff' : 'after';
const shown = view => view.section.dataset.panel;
const sees = (element, panel) => !element.panels || element.panels.includes(panel);
const sideOf = name => name === 'before' ? data.sides[0] : name === 'after' ? data.sides[1] : '';

function show(view, name) {
    if (!view.panels) return;
    const at = Math.max(view.panels.findIndex(panel => panel.name === name), 0), panel = view.panels[at];
    view.section.dataset.panel = panel.name;
    view.revision.value = at;
    view.revision.setAttribute('aria-valuetext', [NAMES[panel.name], sideOf(panel.name)].filter(Boolean).join(', '));
    view.marks.forEach((mark, i) => mark.classList.toggle('at', i === at));
    view.section.querySelector('h1').textContent = panel.title;
    const subtitle = view.section.querySelector('.subtitle');
    if (subtitle && panel.subtitle) subtitle.textContent = panel.subtitle;
    for (const [tag, text] of [['title', panel.title], ['desc', panel.description]]) {
        const element = view.svg.querySelector(':scope > ' + tag);
        if (element) element.textContent = text;
    }
    if (view.stops) page.setStops(view);
    page.lightUp();
}

function choose(view, name) {
    show(view, name);
    state.panel = shown(view) === usual(view) ? null : shown(view);
    page.keep();
}

function addSlider(view) {
    if (!view.panels) return;
    const last = view.panels.length - 1;
    view.revision = make('input', {type: 'range', min: 0, max: last, step: 1, 'aria-label': 'Revision',
        oninput: () => choose(view, view.panels[Number(view.revision.value)].name)});
    view.marks = view.panels.map(({name}) => make('span', {className: 'mark', onclick: () => choose(view, name)},
        make('span', {className: 'name'}, NAMES[name]), sideOf(name) ? make('small', null, sideOf(name)) : null));
    view.stage.before(make('div', {className: 'revision'}, view.revision, make('div', {className: 'marks', 'aria-hidden': 'true'}, ...view.marks)));
}

/* ---- One change after the other ---- */

function addWalk(view) {
    if (!ids.length) return;
    const step = (text, label, by) => make('button', {type: 'button', className: 'quiet', 'aria-label': label, title: label, onclick: () => walk(by)}, text);
    view.told = make('p', {className: 'told'});
    view.stage.after(make('div', {className: 'walk', role: 'group', 'aria-label': 'Changes one by one'},
        step('‹', 'Previous change', -1), step('›', 'Next change', 1), view.told));
}

// In the order of the list, those that this view marks.
function walk(by) {
    const view = page.current, marked = ids.filter(id => view.places.get(id)?.marked), known = marked.length ? marked : ids;
    const from = isChange(state.ref) ? ids.indexOf(idOf(state.ref)) : by > 0 ? -1 : ids.length;
    const ahead = by > 0 ? known.find(id => ids.indexOf(id) > from) : known.findLast(id => ids.indexOf(id) < from);
    page.follow('change:' + (ahead ?? (by > 0 ? known[0] : known.at(-1))));
}

const guide = view => {
    const n = ids.filter(id => view.places.get(id).marked).length;
    return n === ids.length ? 'All changes are marked in this drawing.' : n ? `${n} of ${ids.length} changes are marked in this drawing.` : 'No change is marked in this drawing.';
};

function tell(view) {
    if (!view.told) return;
    const row = isChange(state.ref) ? rows.get(idOf(state.ref)) : null;
    view.told.replaceChildren(...row ? [make('span', {className: 'sign ' + row.kind, 'aria-hidden': 'true'}, row.sign), row.text] : [guide(view)]);
}

/* ---- Where a change is ---- */

// Each change's elements; where none is marked with it, those of what it is about.
function findPlaces(view) {
    const alone = view.panels && usual(view) !== 'diff';
    view.places = new Map(ids.map(id => [id, {marked: false, elements: []}]));
    for (const element of view.elements) {
        for (const id of element.kind === 'legend' ? [] : element.changes) {
            const place = view.places.get(id);
            if (place) [place.marked] = [true, place.elements.push(element)];
        }
    }
    for (const [id, place] of view.places) {
        const refs = rows.get(id).items;
        for (const ref of place.marked ? [] : alone ? refs : refs.slice(0, 1)) {
            if (!place.elements.length) place.elements = view.elements.filter(element => element.kind !== 'legend' && element.refs.has(ref));
        }
    }
}

function markRows(view) {
    for (const [id, {li, button}] of rows) {
        const {marked, elements} = view.places.get(id);
        li.classList.toggle('nowhere', !elements.length);
        button.title = marked ? '' : elements.length ? 'Not marked in this drawing; what it is about is' : 'Not in this drawing';
    }
}

const boxesOf = elements => elements.map(element => element.g.getBBox()).filter(box => box.width || box.height);

function union(boxes) {
    const left = Math.min(...boxes.map(box => box.x)), top = Math.min(...boxes.map(box => box.y));
    return {x: left, y: top, w: Math.max(...boxes.map(box => box.x + box.width)) - left, h: Math.max(...boxes.map(box => box.y + box.height)) - top};
}

// What of some boxes can be read at once: all, or where most small ones stand together, the later where as many stand elsewhere.
function readable(boxes, w, h) {
    const all = union(boxes);
    if (all.w <= w && all.h <= h) return all;
    const small = boxes.filter(box => box.width <= w * 0.6 && box.height <= h * 0.6);
    let best = small.length ? [] : boxes;
    for (const {x, y, width, height} of small) {
        const near = small.filter(box => Math.abs(box.x + box.width / 2 - x - width / 2) <= w * 0.4 && Math.abs(box.y + box.height / 2 - y - height / 2) <= h * 0.4);
        if (near.length >= best.length) best = near;
    }
    return union(best);
}

let moving = 0;

// From where the drawing is seen to another place.
function glide(view, x, y, w) {
    cancelAnimationFrame(moving);
    const from = {...view.camera}, begin = performance.now(), length = matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 350;
    const frame = now => {
        const t = length ? Math.min((now - begin) / length, 1) : 1, ease = t * t * (3 - 2 * t), mix = (a, b) => a + (b - a) * ease;
        page.look(view, mix(from.x, x), mix(from.y, y), mix(from.w, w));
        if (t < 1) moving = requestAnimationFrame(frame);
        else page.kept(view);
    };
    frame(begin);
}

// quietly: the camera is where the address says.
function bring(view, id, quietly) {
    const {elements} = view.places.get(id);
    if (!elements.length) return;
    if (view.panels) {
        const without = {added: 'before', removed: 'after'}[rows.get(id).kind], shows = name => name !== without && elements.some(element => sees(element, name));
        const found = [shown(view), 'diff', 'after', 'before'].find(name => view.panels.some(panel => panel.name === name) && shows(name));
        if (found && found !== shown(view)) choose(view, found);
    }
    const boxes = boxesOf(elements.filter(element => !view.panels || sees(element, shown(view))));
    if (!boxes.length || quietly) return;
    const {camera} = view, stage = view.stage.getBoundingClientRect(), ratio = stage.width / stage.height;
    const widest = stage.width / READABLE, box = readable(boxes, widest, widest / ratio);
    const x = box.x + box.w / 2, y = box.y + box.h / 2, w = Math.max(box.w * 1.2, box.h * 1.2 * ratio, widest * 0.75);
    const inside = Math.abs(x - camera.x) + box.w / 2 <= camera.w / 2 && Math.abs(y - camera.y) + box.h / 2 <= camera.w / ratio / 2;
    if (!inside || stage.width / camera.w < READABLE * 0.8) glide(view, x, y, w);
    if (stage.top < 0 || stage.bottom > innerHeight) view.stage.scrollIntoView({block: stage.height < innerHeight ? 'nearest' : 'start'});
}

// The changes of what is followed: those that are about it, those that its element is marked with, and of a person those of all that happened to
// everyone where they were.
function changesOf(ref) {
    const isPerson = ref.startsWith('person:');
    const marked = new Set(page.current.elements.filter(element => element.ref === ref || isPerson && element.refs.has(ref)).flatMap(element => element.changes));
    return ids.filter(id => {
        const {items: about} = rows.get(id);
        return about.includes(ref) || marked.has(id) && !(isPerson && about.some(item => item.startsWith('person:')));
    });
}

// Scrolls the list itself, where it has a place of its own, never the page.
function reveal(li) {
    const panel = page.panel, box = panel.getBoundingClientRect(), row = li.getBoundingClientRect();
    if (panel.scrollHeight > panel.clientHeight + 1 && (row.top < box.top || row.bottom > box.bottom)) {
        panel.scrollTop += row.top - box.top - box.height / 3;
    }
}

function followed(ref, quietly) {
    const view = page.current, own = isChange(ref) ? [idOf(ref)] : ref ? changesOf(ref) : [], lit = new Set(own);
    for (const [id, row] of rows) {
        row.li.classList.toggle('lit', lit.has(id));
        if (isChange(ref) && lit.has(id)) row.button.setAttribute('aria-current', 'true');
        else row.button.removeAttribute('aria-current');
        row.more?.remove();
        row.more = null;
    }
    tell(view);
    if (!isChange(ref)) {
        if (ref) page.panel.scrollTop = 0;
        return;
    }
    const row = rows.get(own[0]), about = row.items.filter(item => items.has(item)), {marked, elements} = view.places.get(own[0]);
    row.more = make('div', {className: 'more'},
        marked ? null : make('p', {className: 'note'}, elements.length ? 'Not marked in this drawing: what it is about is.' : 'Not in this drawing.'),
        about.length ? make('ul', null, ...about.map(item => make('li', null, make('button', {type: 'button', className: 'link', onclick: () => page.follow(item)}, page.titleOf(item))))) : null);
    if (row.more.childNodes.length) row.li.append(row.more);
    bring(view, own[0], quietly && state.at);
    reveal(row.li);
}

/* ---- Time ---- */

// The drawing says when its steps are, or not even that: what shows an event comes with it.
function setSteps(view) {
    const told = data.facts.filter(fact => fact.event);
    const begin = ({events}) => events.length ? Math.min(...events.map(key => told.find(fact => fact.event === key).day)) : null;
    const begins = view.elements.map(begin), known = begins.filter(day => day !== null);
    if (view.steps.length < 2) {
        const days = [...new Set(known)].sort((a, b) => a - b);
        if (days.length < 2) return;
        view.steps = days.map((day, i) => {
            const news = told.filter(fact => fact.day === day).map(fact => fact.text), date = new Date(day * 864e5).toLocaleDateString('en-GB', {timeZone: 'UTC', day: 'numeric', month: 'short', year: 'numeric'});
            const list = news.length ? 'New: ' + news.slice(0, MOST_NEWS).join('; ') + (news.length > MOST_NEWS ? `; and ${news.length - MOST_NEWS} more.` : '.') : '';
            return {day, label: date, text: list};
        });
        view.step = view.steps.length - 1;
    }
    view.elements.forEach((element, i) => {
        const step = begins[i] === null ? 0 : view.steps.findIndex(({day}) => day >= begins[i]);
        if (step > 0) element.step = step + 1;
    });
}

/* ---- What page.js asks for ---- */

return {
    beside: true,
    readElement: element => Object.assign(element, {changes: (element.g.dataset.changeIds || '').split(' ').filter(Boolean), panels: element.g.dataset.panels?.split(' ')}),
    sees: (view, element) => !view.panels || sees(element, shown(view)),
    add: view => { findPlaces(view); addSlider(view); addWalk(view); },
    place: panel => { panel.insertBefore(list, panel.children[2]); },
    shown: view => { if (view.panels) show(view, view.panels.some(panel => panel.name === state.panel) ? state.panel : usual(view)); markRows(view); },
    isKnown: ref => isChange(ref) ? rows.has(idOf(ref)) : null,
    titleOf: ref => isChange(ref) ? spoken[rows.get(idOf(ref)).kind] + ': ' + rows.get(idOf(ref)).text : null,
    // What has no place leaves all as it is.
    matcher: ref => {
        if (!isChange(ref)) return null;
        const place = new Set(page.current.places.get(idOf(ref)).elements);
        return element => !place.size || place.has(element);
    },
    hasCard: ref => !isChange(ref),
    cardOf: ref => {
        const own = changesOf(ref);
        const row = id => make('li', {className: 'signed'}, make('span', {className: 'sign', 'aria-hidden': 'true'}, rows.get(id).sign),
            make('button', {type: 'button', className: 'link', onclick: () => page.follow('change:' + id)}, rows.get(id).text));
        return own.length ? [make('h3', null, own.length > 1 ? 'Changes' : 'Change'), make('ul', null, ...own.map(row))] : [];
    },
    followed,
    setSteps,
    // Where not all of it can be read at once, what changed is seen first.
    home: view => {
        const boxes = boxesOf(view.elements.filter(element => element.changes.length && element.kind !== 'legend' && (!view.panels || sees(element, usual(view)))));
        if (!boxes.length) return;
        const box = readable(boxes, view.home.w, view.home.w * view.stage.clientHeight / view.stage.clientWidth);
        [view.home.x, view.home.y] = [box.x + box.w / 2, box.y + box.h / 2];
    },
    read: asked => { state.panel = Object.hasOwn(NAMES, asked.get('panel')) ? asked.get('panel') : null; },
    write: add => { if (state.panel) add('panel', state.panel); },
};
};
