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
