// The last part of page.js, which closes its function: the look, the address, and how the page begins.

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
