// What a reader of the page can do: follow, read, go through time, search, zoom. All of its state is in the address behind the `#`:
//     view=storyline&person=lample&day=2023-07-18&q=mistral&at=480,200,300&look=dark
// The words of the data are only ever set as text.
'use strict';
(() => {
const data = JSON.parse(document.getElementById('data').textContent);
const items = new Map(Object.entries(data.items)), refs = [...items.keys()];
for (const li of document.querySelectorAll('li[data-source]')) { // what is listed under the drawing is not said twice
    const link = li.querySelector('a'), item = items.get('source:' + li.dataset.source);
    if (link && item) Object.assign(item, {name: link.title, about: link.textContent.replace(/^\[\d+\] /, ''), url: link.getAttribute('href')});
}
for (const entry of [...items.values(), ...data.facts]) { // which name items by their places
    entry.items = (entry.items || []).map(place => refs[place]);
    entry.sources = (entry.sources || []).map(place => refs[place]);
}
data.facts.sort((a, b) => a.day - b.day); // of several drawings, each in its own order
const factOf = new Map(data.facts.filter(fact => fact.event).map(fact => [fact.event, fact]));
const claimOf = new Map(data.facts.filter(fact => fact.claim).map(fact => [fact.claim, fact]));
const factsOf = new Map();
for (const fact of data.facts) {
    for (const ref of fact.items) {
        factsOf.set(ref, [...factsOf.get(ref) || [], fact]);
    }
}
const DAY = 864e5, MOST_ZOOM = 40, LEAST_SCALE = 0.6, FOLLOWED = ['person', 'lab', 'strategy', 'event', 'claim', 'part', 'change'];
const state = {view: null, ref: null, day: null, q: '', at: null, look: null};
const clamp = (value, least, most) => Math.max(least, Math.min(most, value));
const keyOf = ref => ref.slice(ref.indexOf(':') + 1), kindOf = ref => ref.slice(0, ref.indexOf(':'));
const name = ref => items.get(ref)?.name ?? keyOf(ref);
const factAt = ref => ({event: factOf, claim: claimOf})[kindOf(ref)]?.get(keyOf(ref)); // what happened, or is said; undefined for names

// An element of HTML: properties (`on…`, attributes with `-` in their names, else fields) and what is in it.
function make(tag, properties, ...content) {
    const element = document.createElement(tag);
    for (const [key, value] of Object.entries(properties || {})) {
        if (value === undefined || value === null || value === false) continue;
        if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
        else if (key.includes('-') || key === 'role' || key === 'for') element.setAttribute(key, value);
        else element[key] = value;
    }
    element.append(...content.filter(part => part !== null && part !== undefined && part !== false));
    return element;
}

function makeSvg(tag, attributes, parent) {
    const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    parent.append(element);
    return element;
}

/* ---- What is drawn ---- */

const plain = text => { try { return decodeURIComponent(text); } catch { return text; } };
const words = text => text ? text.split(' ').map(plain) : [];

// What a page of a difference does besides: page_diff.js.
const more = globalThis.orgflowDifference?.({data, items, state, make, words: text => words(text), follow, lightUp, look, keep, kept, setStops, titleOf: ref => titleOf(ref),
    get current() { return current(); }, get panel() { return panel; }}) ?? {};

// The events that a datum names: one key, or several with blanks between them.
function eventsOf(text) {
    return !text ? [] : factOf.has(text) ? [text] : words(text);
}

// What an element stands for, and what a click on it follows.
function readElement(g, view) {
    const set = g.dataset, kind = set.kind || '';
    const people = [...set.person ? [set.person] : [], ...words(set.people)].filter(id => items.has('person:' + id));
    const causes = kind === 'because';
    const labs = causes || kind === 'shift' ? [] : [set.from, set.to].filter(id => id && items.has('lab:' + id));
    if (set.lab) labs.push(set.lab);
    const own = eventsOf(set.event).filter(key => factOf.has(key));
    const events = [...own, ...causes ? [set.from, set.to] : eventsOf(set.because)].filter(key => factOf.has(key));
    const refs = new Set([...people.map(id => 'person:' + id), ...labs.map(id => 'lab:' + id), ...events.map(key => 'event:' + key)]);
    if (set.stance) refs.add('strategy:' + set.stance);
    const id = set.part || (g.id.startsWith(view.id + '-') ? g.id.slice(view.id.length + 1) : g.id);
    const title = g.querySelector(':scope > title')?.textContent || '';
    let ref = null;
    if (kind === 'legend' || kind === 'tick' || kind === 'number' || causes || !g.id) ref = null;
    else if (set.person && kind !== 'callout') ref = 'person:' + set.person;
    else if (!set.people && (own.length === 1 || events.length === 1)) ref = 'event:' + (own[0] ?? events[0]);
    else if (set.people || set.to !== undefined && kind !== 'shift') ref = 'part:' + id;
    else if (set.lab && items.has('lab:' + set.lab) && kind !== 'curve') ref = 'lab:' + set.lab;
    else if (title) ref = 'part:' + id;
    refs.add('part:' + id);
    const element = {g, kind, refs, ref, id, title, events, people, step: Number(set.step || 1), causes};
    return more.readElement?.(element) ?? element;
}

// Shapes and elements that are seen from one step on, some of them until another.
function readTimes(svg) {
    return [...svg.querySelectorAll('[class*="step-"]')].flatMap(shape => {
        const found = /(?:^| )step-(\d+)(?:-(\d+))?/.exec(shape.getAttribute('class'));
        if (!found) return [];
        shape.classList.add('timed');
        return [{shape, first: Number(found[1]) - 1, end: found[2] ? Number(found[2]) - 1 : Infinity}];
    });
}

function readView(given) {
    const section = document.getElementById('view-' + given.name), svg = section.querySelector('svg');
    const [x, y, w, h] = svg.getAttribute('viewBox').split(' ').map(Number);
    const view = {...given, section, svg, stage: svg.parentElement, box: {x, y, w, h}, camera: null, step: 0};
    view.steps = given.steps.map(([day, label, text, cut]) => ({day, label, text, cut}));
    view.elements = [...svg.querySelectorAll(':scope > g')].map(g => readElement(g, view));
    view.of = new Map(view.elements.map(element => [element.g, element]));
    for (const element of view.elements) {
        element.g.classList.toggle('ground', !element.ref && !element.causes);
    }
    view.timed = view.steps.length > 1 ? readTimes(svg) : [];
    view.step = Math.max(view.steps.length - 1, 0);
    return view;
}

/* ---- Following ---- */

// All that led to an event, and all that it led to.
function chainOf(key) {
    const chain = new Set([key]);
    const walk = (from, next) => next(from).filter(other => !chain.has(other)).forEach(other => { chain.add(other); walk(other, next); });
    walk(key, from => factOf.get(from)?.because || []);
    walk(key, from => data.facts.filter(fact => fact.event && (fact.because || []).includes(from)).map(fact => fact.event));
    return chain;
}

const isStay = fact => !fact.event && !fact.claim;

// Whether an element belongs to what is followed.
function matcher(ref) {
    const own = more.matcher?.(ref);
    if (own) return own;
    if (ref.startsWith('event:')) {
        const chain = chainOf(ref.slice(6));
        return element => element.causes ? element.events.every(key => chain.has(key)) && element.events.length > 1
                                         : element.events.some(key => chain.has(key));
    }
    if (ref.startsWith('claim:')) {
        const about = factAt(ref).items.map(matcher);
        return element => about.some(belongs => belongs(element));
    }
    const told = new Set((factsOf.get(ref) || []).map(fact => fact.event).filter(Boolean));
    const there = ref.startsWith('lab:') ? new Set((factsOf.get(ref) || []).filter(isStay).flatMap(fact => fact.items)) : new Set();
    return element => element.refs.has(ref) || (!element.people.length && element.events.some(key => told.has(key))) ||
                      (['person', 'cited'].includes(element.kind) && [...element.refs].some(other => other.startsWith('person:') && there.has(other)));
}

function light(view, belongs) {
    view.svg.classList.toggle('fading', Boolean(belongs));
    for (const element of view.elements) {
        element.g.classList.toggle('lit', Boolean(belongs) && belongs(element));
    }
}

// What stands out: what is pointed at, else what is followed, else what was found.
function lightUp(pointed) {
    const view = current(), ref = pointed || state.ref;
    const found = !ref && state.q ? new Set(search(state.q)) : null;
    light(view, ref ? matcher(ref) : found && found.size ? element => [...element.refs].some(other => found.has(other)) : null);
    for (const element of view.elements) {
        if (element.g.hasAttribute('role')) element.g.setAttribute('aria-pressed', String(element.ref === state.ref));
    }
}

const isKnown = ref => more.isKnown?.(ref) ?? (factAt(ref) ? true
    : ref.startsWith('part:') ? views.some(view => view.elements.some(element => 'part:' + element.id === ref)) : items.has(ref));

function follow(ref, quietly) {
    state.ref = ref && isKnown(ref) ? ref : null;
    lightUp();
    fillCard();
    more.followed?.(state.ref, quietly);
    if (!quietly) {
        say(state.ref ? 'Following ' + titleOf(state.ref) : 'Following nothing');
        keep();
    }
}

const titleOf = ref => more.titleOf?.(ref) ?? factAt(ref)?.text ?? (ref.startsWith('part:') ? current().elements.find(element => 'part:' + element.id === ref)?.title || name(ref) : name(ref));

/* ---- Searching ---- */

const fold = text => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

const refOf = fact => fact.claim ? 'claim:' + fact.claim : 'event:' + fact.event;

// References to all that the words stand in, names before events and claims.
function search(query) {
    const wanted = fold(query).split(/\s+/).filter(Boolean);
    const has = text => wanted.every(word => text.includes(word));
    const named = [...items].filter(([ref, item]) => !ref.startsWith('source:') && has(fold(item.name + ' ' + (item.about || '')))).map(([ref]) => ref);
    const told = data.facts.filter(fact => !isStay(fact) && has(fold(fact.text + ' ' + (fact.note || '')))).map(refOf);
    return wanted.length ? [...named, ...told] : [];
}

const panel = make('aside', {className: 'panel', 'aria-label': 'Details'});
const field = make('input', {type: 'search', id: 'search', autocomplete: 'off', spellcheck: false, oninput: () => { find(field.value); keep(); }});
const card = make('div', {className: 'card', hidden: true}), index = make('div');
const status = make('p', {className: 'unseen', role: 'status'});
const say = text => { status.textContent = text; };

field.addEventListener('keydown', event => {
    const first = index.querySelector('button');
    if (event.key === 'Enter' && first && state.q) first.click();
    else if (event.key === 'ArrowDown' && first) first.focus();
    else if (event.key === 'Escape') { field.value = ''; find(''); keep(); }
    else return;
    event.preventDefault();
});
index.addEventListener('keydown', event => {
    const all = [...index.querySelectorAll('button')], at = all.indexOf(document.activeElement);
    const next = event.key === 'ArrowDown' ? all[at + 1] : event.key === 'ArrowUp' ? all[at - 1] || field : null;
    if (next) { next.focus(); event.preventDefault(); }
});

function find(query) {
    state.q = query.trim();
    index.hidden = Boolean(state.ref && !state.q);
    fillIndex();
    lightUp();
    if (state.q) say(search(state.q).length + ' found');
}

const link = (ref, text) => make('button', {type: 'button', className: 'link', onclick: () => { follow(ref); bring(); card.querySelector('h2').focus(); },
    onpointerenter: () => lightUp(ref), onpointerleave: () => lightUp()}, text ?? titleOf(ref));
const choice = ref => make('li', null, link(ref));

// What was found; without a search everyone and everything that the drawing names.
function fillIndex() {
    const drawn = new Set(current().elements.flatMap(element => [...element.refs]));
    const groups = state.q ? [['Found', search(state.q)]]
        : [['People', 'person:'], ['Labs', 'lab:']].map(([title, kind]) =>
            [title, [...items.keys()].filter(ref => ref.startsWith(kind) && drawn.has(ref)).sort((a, b) => name(a).localeCompare(name(b), 'en'))])
            .concat([['Claims', data.facts.filter(fact => fact.claim && fact.items.every(ref => drawn.has(ref))).map(refOf)]]);
    index.replaceChildren(...groups.filter(([, refs]) => refs.length || state.q).flatMap(([title, refs]) => [
        make('h2', {className: 'index-head'}, refs.length ? title : 'Nothing found'),
        refs.length ? make('ul', {className: state.q || title === 'Claims' ? 'found' : 'index'}, ...refs.map(choice)) : '']));
}

/* ---- The card ---- */

function sourceLink(ref) {
    const source = items.get(ref);
    const text = source.about || source.name;
    return source.url ? make('a', {href: source.url, target: '_blank', rel: 'noopener noreferrer', title: source.name}, text)
                      : make('span', {title: source.name}, text);
}

const citesOf = refs => refs?.length ? make('span', {className: 'cites'}, ...[...new Set(refs)].map(sourceLink)) : null;

function factRow(fact, ref) {
    const others = fact.items.filter(other => other !== ref && !other.startsWith('strategy:') && items.has(other));
    const ahead = fact.day > lastDay();
    const links = others.flatMap((other, i) => [i ? ', ' : '', link(other, name(other))]);
    const text = isStay(fact) ? [...links, fact.text ? (links.length ? ', ' : '') + fact.text : null]
        : [ref === refOf(fact) ? '' : link(refOf(fact))];
    return make('li', {className: ahead ? 'ahead' : ''},
        make('span', {className: 'date'}, fact.date || '', make('span', {className: 'sure'}, ' · ' + (fact.confidence || 'confirmed'))),
        ...text,
        fact.note ? make('span', {className: 'note'}, (ref === refOf(fact) ? '' : ' — ') + fact.note) : null,
        fact.url ? make('span', {className: 'cites'}, make('a', {href: fact.url, target: '_blank', rel: 'noopener noreferrer'}, fact.url)) : null,
        citesOf(fact.sources));
}

function section(title, facts, ref) {
    return facts.length ? [make('h3', null, title), make('ul', {className: 'facts'}, ...facts.map(fact => factRow(fact, ref)))] : [];
}

// The facts behind an element that stands for several: those of its events, else of its people.
function factsOfPart(ref) {
    const parts = current().elements.filter(element => 'part:' + element.id === ref);
    const told = [...new Set(parts.flatMap(element => element.events))].map(key => factOf.get(key));
    return told.length ? told : [...new Set(parts.flatMap(element => element.people.flatMap(id => factsOf.get('person:' + id) || [])))].filter(fact => !isStay(fact));
}

function cardOf(ref) {
    const item = items.get(ref);
    const fact = factAt(ref);
    if (fact) {
        const before = (fact.because || []).map(key => factOf.get(key)).filter(Boolean);
        const after = data.facts.filter(other => fact.event && (other.because || []).includes(fact.event));
        const about = fact.items.filter(other => items.has(other));
        return [make('ul', {className: 'facts'}, factRow(fact, ref)),
            about.length ? make('h3', null, 'About') : null,
            make('ul', null, ...about.map(choice)), ...section('Because of', before, ref), ...section('Led to', after, ref)];
    }
    const facts = ref.startsWith('part:') ? factsOfPart(ref) : factsOf.get(ref) || [];
    return [item?.about ? make('p', {className: 'about'}, item.about) : null, item?.note ? make('p', {className: 'note'}, item.note) : null,
        item?.url ? make('p', null, make('a', {href: item.url, target: '_blank', rel: 'noopener noreferrer'}, item.url)) : null,
        citesOf(item?.sources),
        ...section(ref.startsWith('lab:') ? 'Who was here' : 'Where', facts.filter(isStay), ref),
        ...section('What happened', facts.filter(fact => fact.event), ref),
        ...section('What is claimed', facts.filter(fact => fact.claim), ref)];
}

function fillCard() {
    card.hidden = !state.ref || more.hasCard?.(state.ref) === false;
    index.hidden = Boolean(state.ref && !state.q);
    if (!card.hidden) {
        card.replaceChildren(make('div', {className: 'top'}, make('h2', {tabIndex: -1}, titleOf(state.ref)),
            make('button', {type: 'button', className: 'quiet', 'aria-label': 'Stop following', title: 'Stop following (Esc)', onclick: () => { follow(null); field.focus(); }}, '×')),
            make('div', {className: 'columns'}, ...[...more.cardOf?.(state.ref) || [], ...cardOf(state.ref)].filter(Boolean)));
    }
}

/* ---- Time ---- */

const lastDay = () => current().steps.length ? current().steps[current().step].day : Infinity;
let timer = 0;

// quietly: without saying what is new.
function showStep(view, step, quietly) {
    view.step = clamp(step, 0, Math.max(view.steps.length - 1, 0));
    for (const {shape, first, end} of view.timed) {
        shape.classList.toggle('later', view.step < first || view.step >= end);
        if (end < Infinity) shape.setAttribute('visibility', view.step < end ? 'visible' : 'hidden');
    }
    for (const element of view.elements) {
        element.g.classList.toggle('later', view.steps.length > 1 && view.step < element.step - 1);
    }
    if (view.stops) {
        moveStop(view, view.stops.find(({g}) => g.getAttribute('tabindex') === '0'));
        nameStops(view);
    }
    const at = view.steps[view.step];
    if (view.veil) {
        const whole = at.cut === undefined || at.cut >= view.box.x + view.box.w - 1;
        view.veil.style.opacity = whole ? '0' : '1';
        view.veil.style.transform = `translateX(${whole ? view.box.x + view.box.w : at.cut}px)`;
    }
    if (view.slider) {
        view.slider.value = view.step;
        view.slider.setAttribute('aria-valuetext', at.label);
        view.label.textContent = at.label;
        const known = `Step ${view.step + 1} of ${view.steps.length}, up to ${at.label}. `;
        view.news.textContent = quietly ? '' : at.text.startsWith(known) ? at.text.slice(known.length) : at.text;
        view.section.querySelectorAll('li[data-step]').forEach(li => { li.hidden = Number(li.dataset.step) - 1 > view.step; });
    }
}

function goTo(step) {
    showStep(current(), step);
    const view = current(), cut = view.steps[view.step].cut;
    if (cut === undefined) attend(view, view.elements.filter(element => element.ref && element.step - 1 === view.step));
    else if (cut > view.camera.x + view.camera.w * 0.45 || cut < view.camera.x - view.camera.w * 0.45) look(view, cut - view.camera.w * 0.3, view.camera.y, view.camera.w);
    state.day = current().step === current().steps.length - 1 ? null : new Date(lastDay() * DAY).toISOString().slice(0, 10);
    fillCard();
    keep();
}

function stop() {
    clearTimeout(timer);
    timer = 0;
    current().button?.replaceChildren('Play');
    current().news?.setAttribute('aria-live', 'polite');
}

function play() {
    const view = current(), last = view.steps.length - 1, pace = view.pace || clamp(45 / last, 0.5, 2);
    if (timer) return stop();
    view.button.replaceChildren('Pause');
    view.news.setAttribute('aria-live', 'off');
    const next = step => {
        goTo(step);
        if (view.step < last) timer = setTimeout(() => next(view.step + 1), pace * 1000);
        else stop();
    };
    timer = 1;
    next(view.step === last ? 0 : view.step + 1);
}

// The drawing of time itself is covered up to the day: to the right of a line, above its legend.
function addVeil(view) {
    if (!view.steps.some(step => step.cut !== undefined)) return;
    const ticks = view.elements.filter(element => element.kind === 'tick').flatMap(({g}) => [...g.querySelectorAll('text')]);
    const below = text => Number(text.getAttribute('y')) + Number(text.getAttribute('font-size')) * 0.3 + 2;
    const bottom = ticks.length ? Math.max(...ticks.map(below)) : view.box.y + view.box.h;
    view.veil = makeSvg('g', {class: 'veil ground', 'aria-hidden': 'true'}, view.svg);
    makeSvg('rect', {x: 0, y: view.box.y, width: view.box.w, height: bottom - view.box.y}, view.veil);
    makeSvg('line', {x1: 0, x2: 0, y1: view.box.y, y2: bottom}, view.veil);
}

// A drawing that is cut into dates has these for its steps.
function deriveSteps(view) {
    const blocks = view.elements.filter(element => element.kind === 'block' && /^\d{4}-\d\d-\d\d$/.test(element.g.dataset.date));
    const days = [...new Set(blocks.map(element => element.g.dataset.date))].sort();
    if (view.steps.length || days.length < 2) return;
    view.steps = days.map(date => ({day: Date.parse(date) / DAY, text: '',
        label: new Date(date).toLocaleDateString('en-GB', {timeZone: 'UTC', day: 'numeric', month: 'short', year: 'numeric'})}));
    for (const element of view.elements) {
        const date = element.g.dataset.until || element.g.dataset.date;
        if (element.kind !== 'tick' && days.includes(date)) element.step = days.indexOf(date) + 1;
    }
    view.step = days.length - 1;
}

function addTime(view) {
    deriveSteps(view);
    more.setSteps?.(view);
    if (view.steps.length < 2) return;
    addVeil(view);
    view.slider = make('input', {type: 'range', min: 0, max: view.steps.length - 1, step: 1, 'aria-label': 'Day',
        oninput: () => { if (timer) stop(); goTo(Number(view.slider.value)); }});
    view.button = make('button', {type: 'button', className: 'quiet', onclick: play}, 'Play');
    view.label = make('output', {'aria-hidden': 'true'});
    view.news = make('p', {className: 'news', 'aria-live': 'polite'});
    view.tools.after(view.news);
    view.tools.prepend(make('div', {className: 'time', role: 'group', 'aria-label': 'Time'}, view.button, view.slider, view.label));
}

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

/* ---- Light and dark ---- */

const darkStyle = document.getElementById('dark'), prefersDark = matchMedia('(prefers-color-scheme: dark)');
const isDark = () => state.look ? state.look === 'dark' : prefersDark.matches;
const lookButton = make('button', {type: 'button', className: 'quiet', onclick: () => { state.look = isDark() ? 'light' : 'dark'; showLook(); keep(); }});

function showLook() {
    if (!darkStyle) return;
    darkStyle.media = state.look === 'dark' ? 'screen' : state.look === 'light' ? 'not all' : 'screen and (prefers-color-scheme: dark)';
    lookButton.textContent = isDark() ? 'Light' : 'Dark';
    lookButton.setAttribute('aria-label', isDark() ? 'Show the page light' : 'Show the page dark');
}
prefersDark.addEventListener('change', showLook);

/* ---- The address ---- */

let writing = 0;

function write() {
    const parts = [], add = (key, value) => parts.push(key + '=' + encodeURIComponent(value).replace(/%(2C|3A|20)/g, (whole, code) => ({'2C': ',', '3A': ':', '20': '+'})[code]));
    if (views.length > 1 && state.view !== views[0].name) add('view', state.view);
    if (state.ref) add(kindOf(state.ref), keyOf(state.ref));
    if (state.day) add('day', state.day);
    if (state.q) add('q', state.q);
    if (state.at) add('at', state.at.join(','));
    if (state.look) add('look', state.look);
    more.write?.(add);
    writing = 0;
    const hash = parts.length ? '#' + parts.join('&') : '';
    if (hash !== location.hash) history.replaceState(history.state, '', hash || location.pathname + location.search);
}

// Browsers refuse addresses that change too often.
function keep() {
    clearTimeout(writing);
    writing = setTimeout(write, 120);
}

function read() {
    const asked = new URLSearchParams(location.hash.slice(1));
    const kind = FOLLOWED.find(key => asked.has(key)), day = Date.parse(asked.get('day')) / DAY;
    const at = (asked.get('at') || '').split(',').map(Number), wanted = asked.get('look');
    clearTimeout(writing);
    stop();
    state.look = ['light', 'dark'].includes(wanted) ? wanted : null;
    showLook();
    more.read?.(asked);
    showView(views.find(view => view.name === asked.get('view')) || views[0]);
    const view = current(), found = view.steps.findLastIndex(step => step.day <= day);
    state.day = Number.isFinite(day) && view.steps.length ? asked.get('day') : null;
    showStep(view, state.day ? Math.max(found, 0) : view.steps.length - 1, !state.day);
    state.at = at.length === 3 && at.every(Number.isFinite) && at[2] > 0 ? at : null;
    goHome(view);
    if (state.at) look(view, ...state.at);
    field.value = asked.get('q') || '';
    state.q = field.value.trim();
    follow(kind ? kind + ':' + asked.get(kind) : null, true);
    if (!state.at && state.ref) bring();
    fillIndex();
}

/* ---- Together ---- */

const views = data.views.map(readView), current = () => views.find(view => view.name === state.view) || views[0];
const tabs = views.map(view => make('a', {href: '#view=' + encodeURIComponent(view.name)}, view.section.querySelector('h1').textContent));

function showView(view) {
    state.view = view.name;
    views.forEach((other, i) => {
        other.section.hidden = other !== view;
        if (other === view) tabs[i].setAttribute('aria-current', 'page');
        else tabs[i].removeAttribute('aria-current');
    });
    if (!view.stops) requestAnimationFrame(() => setTimeout(() => addFocus(view))); // places are known once it is painted
    view.section.append(panel);
    if (darkStyle) view.tools.querySelector('.zoom').append(lookButton);
    const notes = view.section.querySelector('.remarks, .sources');
    if (notes) notes.before(panel);
    more.shown?.(view);
}

function addZoom(view) {
    const button = (text, label, onclick) => make('button', {type: 'button', className: 'quiet', 'aria-label': label, title: label, onclick}, text);
    view.closer = button('+', 'Zoom in', () => zoom(view, 1.5));
    view.farther = button('−', 'Zoom out', () => zoom(view, 1 / 1.5));
    view.fitter = button('Fit', 'Fit all of it', () => { look(view, view.box.x, view.box.y, fitWidth(view)); kept(view); });
    view.tools = make('div', {className: 'tools'}, make('div', {className: 'zoom', role: 'group', 'aria-label': 'Look'}, view.closer, view.farther, view.fitter,
        button('Print', 'Print what is followed, with the whole drawing', () => print())));
    view.stage.after(view.tools);
    view.tools.after(make('p', {className: 'hint'}, matchMedia('(pointer: coarse)').matches ? 'Tap a name or a line to follow it. Two fingers zoom.'
        : 'Click a name or a line to follow it. In the drawing, arrow keys lead from one to the next, + and − zoom. / searches.'));
}

document.documentElement.classList.add('ready');
if (views.length > 1) document.querySelector('main').before(make('nav', {className: 'tabs', 'aria-label': 'Drawings'}, ...tabs));
panel.append(make('div', {className: 'search'}, make('label', {for: 'search'}, 'Search people, labs and events'), field), card, index, status);
more.place?.(panel);
for (const view of views) {
    addZoom(view);
    addTime(view);
    addPointers(view);
    more.add?.(view);
    view.stage.addEventListener('keydown', event => onStageKey(view, event));
}
read();
addEventListener('hashchange', read);
let width = innerWidth;
addEventListener('resize', () => {
    const view = current();
    if (innerWidth === width) return;
    width = innerWidth;
    settle(view);
    if (state.at) look(view, ...state.at);
    else goHome(view);
});
let seen = '';
addEventListener('beforeprint', () => {
    const {box, svg} = current();
    seen = svg.getAttribute('viewBox');
    svg.setAttribute('viewBox', [box.x, box.y, box.w, box.h].join(' '));
});
addEventListener('afterprint', () => current().svg.setAttribute('viewBox', seen));
})();
