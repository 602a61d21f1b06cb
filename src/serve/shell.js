// The page around the drawing: shows the newest good one in a frame, and over it what is wrong with the data. What the reader follows stands in the
// address behind the `#`, here as in the frame, and so outlives each redraw. The words of the data are only ever set as text.
'use strict';
(() => {
const place = document.getElementById('drawing'), waiting = document.getElementById('waiting');
const tabs = document.getElementById('views'), overlay = document.getElementById('problems');
const wanted = new URLSearchParams(location.search).get('view');
let state = null, shown = null, coming = null, frame = null, mirrored = location.hash, stream = null;

function make(tag, className, ...content) {
    const element = document.createElement(tag);
    if (className) element.className = className;
    element.append(...content);
    return element;
}

/* ---- The drawing ---- */

const hashOf = which => which.contentWindow.location.hash;
const goTo = (which, hash) => which.contentWindow.location.replace(which.contentWindow.location.href.split('#')[0] + (hash || '#'));
const keyOf = () => state.view + ' ' + state.drawing;

// A link to elsewhere would lead the frame away, and is let in there by nobody.
function openApart(event) {
    const link = event.target.closest('a'), address = link && (link.href.baseVal ?? link.href);
    if (address && new URL(address, location.href).origin !== location.origin) link.target = '_blank';
}

// What a reader notices beside what is followed: where the page is scrolled to, and what has the focus.
function takeOver(old, next) {
    const focused = document.activeElement === old, inside = old.contentDocument.activeElement?.id;
    next.contentWindow.scrollTo(old.contentWindow.scrollX, old.contentWindow.scrollY);
    if (hashOf(old) !== hashOf(next)) goTo(next, hashOf(old));
    if (focused) next.focus();
    if (focused && inside) next.contentDocument.getElementById(inside)?.focus({preventScroll: true});
}

function come(next, key) {
    if (coming !== next) return;
    coming = null;
    if (next.contentDocument?.contentType !== 'text/html') { // the server is gone, or the view is
        next.remove();
        return;
    }
    next.contentDocument.addEventListener('click', openApart, true);
    if (frame) takeOver(frame, next);
    next.classList.remove('coming');
    next.title = next.contentDocument.title;
    waiting.hidden = true;
    frame?.remove();
    frame = next;
    shown = key;
    show();
}

// The new drawing comes behind the old one, and takes its place once it is there.
function bring() {
    const next = make('iframe', 'coming'), key = keyOf();
    coming?.remove();
    coming = next;
    coming.dataset.key = key;
    next.addEventListener('load', () => come(next, key));
    next.src = '/drawing/' + encodeURIComponent(state.view) + '?' + state.drawing + (frame ? hashOf(frame) : location.hash);
    place.append(next);
}

function mirror() {
    if (!frame || hashOf(frame) === mirrored) return;
    mirrored = hashOf(frame);
    history.replaceState(null, '', location.pathname + location.search + mirrored);
    showLook();
    showTabs();
}

function showLook() {
    document.documentElement.dataset.look = new URLSearchParams(location.hash.slice(1)).get('look') || '';
}

/* ---- What is wrong ---- */

const count = (n, one) => n + ' ' + one + (n === 1 ? '' : 's');

function heading() {
    const counts = [state.errors && count(state.errors, 'error'), state.warnings && count(state.warnings, 'warning')].filter(Boolean).join(', ');
    if (state.phase !== 'broken') return counts;
    const good = state.drawing ? 'this is the last good drawing' : 'there is no good drawing yet';
    return (counts || 'It cannot be drawn') + ': ' + good;
}

function makeProblem(problem) {
    const item = make('li', problem.error ? 'error' : 'warning', make('p', '', make('span', 'kind', problem.error ? 'Error: ' : 'Warning: '), problem.message));
    if (problem.place) item.append(make('p', 'place', problem.place));
    if (problem.source) {
        const source = make('pre', '', problem.source);
        source.tabIndex = 0; // a long line is read by keys too
        item.append(source);
    }
    if (problem.hint) item.append(make('p', 'hint', problem.hint));
    return item;
}

let told = '';

function showProblems() {
    const broken = state.phase === 'broken', any = broken || state.problems.length > 0;
    const news = JSON.stringify([broken, heading(), state.failure, state.problems, state.unlisted]);
    if (news === told) return;
    told = news;
    overlay.hidden = !any;
    overlay.className = broken ? 'broken' : 'quiet';
    const details = make('details', '', make('summary', '', heading()));
    details.open = broken;
    details.addEventListener('toggle', () => overlay.classList.toggle('quiet', !details.open));
    if (state.failure) details.append(make('p', '', state.failure));
    details.append(make('ul', '', ...state.problems.map(makeProblem)));
    if (state.unlisted) details.append(make('p', '', 'and ' + state.unlisted + ' more'));
    overlay.replaceChildren(...any ? [details] : []);
}

function showLost() {
    told = '';
    overlay.hidden = false;
    overlay.className = 'broken';
    overlay.replaceChildren(make('p', '', 'orgflow does not answer: the drawing does not follow what is saved until it is started again.'));
}

/* ---- Together ---- */

function makeTab(view) {
    const hash = new URLSearchParams(location.hash.slice(1)), link = make('a', '', view);
    ['at', 'day', 'view'].forEach(key => hash.delete(key)); // they are about one drawing
    link.href = '/?view=' + encodeURIComponent(view) + (hash.size ? '#' + hash : '');
    if (view === state.view) link.setAttribute('aria-current', 'page');
    return link;
}

function showTabs() {
    tabs.hidden = state.views.length < 2;
    tabs.replaceChildren(...state.views.map(makeTab));
}

function show() {
    const title = frame?.contentDocument.title || state.name || 'orgflow';
    document.title = (state.phase === 'broken' ? '✗ ' : '') + title;
    showTabs();
    showProblems();
    if (state.drawing && keyOf() !== shown && keyOf() !== coming?.dataset.key) bring();
    if (!state.drawing && state.phase === 'broken') waiting.hidden = true;
}

function listen() {
    stream = new EventSource('/events' + (wanted ? '?view=' + encodeURIComponent(wanted) : ''));
    stream.onmessage = event => { state = JSON.parse(event.data); show(); };
    stream.onerror = () => {
        showLost();
        if (stream.readyState === EventSource.CLOSED) setTimeout(listen, 2000);
    };
}

// A browser holds few connections to one address: a tab out of sight leaves its own to others.
document.addEventListener('visibilitychange', () => {
    stream?.close();
    if (document.visibilityState === 'visible') listen();
});
addEventListener('hashchange', () => {
    if (frame) goTo(frame, location.hash);
    showLook();
});
setInterval(mirror, 200);
showLook();
listen();
})();
