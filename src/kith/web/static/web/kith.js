// The page's behaviour. Every module binds by data attribute to the document, so that parts which
// htmx brings later work without being started again. All pages do their work without these.
import "./js/menu.js";
import "./js/keys.js";
import "./js/dialog.js";
import "./js/palette.js";
import "./js/search.js";
import "./js/narrow.js";
import "./js/toast.js";
import "./js/appearance.js";
import "./js/rows.js";
import "./js/selection.js";
import "./js/peek.js";
import "./js/needed.js";
import "./js/save.js";
import "./js/guard.js";
import "./js/carry.js";
import "./js/several.js";
import "./js/repeat.js";
import "./js/choice.js";
import "./js/asks.js";
import "./js/suggest.js";
import "./js/fact.js";
import "./js/pending.js";
import "./js/drop.js";
import "./js/mapping.js";
import "./js/picture.js";
import "./js/sections.js";
