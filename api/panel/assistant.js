// <racine-assistant>: the assistant as one element. It owns the session, the list of conversations and, with
// the attribute `full-page`, the page's address; the open conversation is the Chat's. The attribute `context`, or
// `setContext()`, says what the page around has in view.

import { Advice } from "./advice.js";
import { ASSISTANT, json, request, session } from "./api.js";
import { Chat } from "./chat.js";
import { readContext } from "./context.js";
import { asProblem } from "./data.js";
import { h, morph, morphChildren } from "./dom.js";
import { confirmDialog, headerView, sidebarView, signInView } from "./shell.js";

const ROUTE = "#conversation/";
const MOST_WAITING = 20;
const NOTHING = { items: [], loaded: false };

class RacineAssistant extends HTMLElement {
  static observedAttributes = ["context"];

  #context = null;
  #profile = null;
  #recommended = null; // how many
  #health = null;
  #list = NOTHING;
  #waiting = NOTHING;

  async connectedCallback() {
    if (!this.shadowRoot) {
      const style = h("link", { rel: "stylesheet", href: new URL("assistant.css", import.meta.url).href });
      const styled = new Promise((resolve) => (style.onload = style.onerror = resolve));
      this.page = h("div.page");
      this.attachShadow({ mode: "open" }).append(style, this.page);
      await styled;
    }
    session.addEventListener("expired", this.#onExpired);
    addEventListener("hashchange", this.#onRoute);
    document.addEventListener("visibilitychange", this.#onLook);
    addEventListener("focus", this.#onLook);
    await this.#start();
  }

  disconnectedCallback() {
    this.chat?.close();
    session.removeEventListener("expired", this.#onExpired);
    removeEventListener("hashchange", this.#onRoute);
    document.removeEventListener("visibilitychange", this.#onLook);
    removeEventListener("focus", this.#onLook);
  }

  /** Says what the page around has in view: `{page, asset, source, selection}`, by ids or names; null: nothing. */
  setContext(context) {
    if (context === null) this.removeAttribute("context");
    else this.setAttribute("context", JSON.stringify(context));
  }

  attributeChangedCallback(_name, old, text) {
    if (old === text) return;
    this.#context = null;
    try {
      this.#context = readContext(text);
    } catch (error) {
      console.error(`<racine-assistant>: ${error.message}`);
    }
    this.chat?.inView.tell("page", this.#context);
  }

  get #ownsAddress() {
    return this.hasAttribute("full-page");
  }

  // --- session

  async #start() {
    let problem = null;
    const token = this.#takeToken();
    try {
      if (token) await this.#signIn(token);
    } catch (error) {
      problem = asProblem(error);
    }
    try {
      this.#profile = await json("api/auth/profile");
      this.#showWorkspace();
    } catch (error) {
      this.#showSignIn(error.status === 401 ? problem : asProblem(error));
    }
  }

  /** The token of a sign-in link, which leaves the address and the history before anything else happens. */
  #takeToken() {
    const { searchParams, pathname } = new URL(location.href);
    const token = this.#ownsAddress && searchParams.get("token");
    if (token) history.replaceState(null, "", pathname.replace(/sign-in\/?$/, "") + location.hash);
    return token;
  }

  #signIn(token) {
    return request("api/auth/sign-in", { body: { token } });
  }

  #onExpired = () => {
    if (!this.#profile) return;
    this.#leave();
    this.#showSignIn({ message: "Your session has ended.", remedy: "Sign in to go on where you were." });
  };

  async #signOut() {
    try {
      await request("api/auth/sign-out", { body: {} });
      if (this.#ownsAddress) history.replaceState(null, "", location.pathname);
      this.#leave();
      this.#showSignIn(null);
    } catch (error) {
      this.#list = { ...this.#list, problem: asProblem(error) };
      this.#drawList();
    }
  }

  #leave() {
    this.chat?.close();
    this.#profile = this.#recommended = null;
    this.#list = this.#waiting = NOTHING;
  }

  #showSignIn(problem, busy = false) {
    const onSignIn = async (token) => {
      this.#showSignIn(null, true);
      try {
        await this.#signIn(token);
        await this.#start();
      } catch (error) {
        this.#showSignIn(asProblem(error));
      }
    };
    const isShown = this.page.firstElementChild?.matches(".sign-in");
    const view = signInView({ problem, busy, onSignIn });
    if (isShown) morph(this.page.firstElementChild, view);
    else this.page.replaceChildren(view);
    this.page.querySelector("input").focus();
  }

  // --- frame

  #showWorkspace() {
    this.chat = new Chat({
      profile: this.#profile,
      context: this.#context,
      onChange: (conversation) => this.#onChange(conversation),
      onDecided: () => this.#loadWaiting(),
      onExecuted: () => this.#countAdvice(),
      onContextDropped: () => this.setContext(null),
    });
    this.advice = new Advice({
      drawer: this.chat.drawer,
      conversation: () => this.chat.id,
      onCount: (total) => {
        if (total === this.#recommended) return;
        this.#recommended = total;
        this.#drawHeader();
      },
      onPlan: (plan) => (plan.conversation_id === this.chat.id ? this.chat.followPlan(plan) : this.#go(plan.conversation_id)),
      onAnswer: ({ question, about }) => this.chat.ask(question, about),
    });
    this.header = h("header.top");
    this.list = h("nav.sidebar", { "aria-label": "Conversations" });
    const scrim = h("div.scrim", { onclick: () => this.#toggleList(false) });
    this.page.replaceChildren(this.header, h("div.body", this.list, scrim, this.chat.element, this.chat.drawer.element));
    this.page.onkeydown = (event) => {
      if (event.key === "Escape") this.#closeMenus(); // a handler that returned false would swallow the key
    };
    this.page.onclick = (event) => this.#closeMenus(event.composedPath());
    this.#drawHeader();
    this.#loadHealth();
    this.#loadList();
    this.#loadWaiting();
    this.#countAdvice();
    this.#onRoute();
  }

  /** Closes what is open above the page, but for what is in `except`. */
  #closeMenus(except = []) {
    for (const menu of this.page.querySelectorAll("details.menu[open]")) if (!except.includes(menu)) menu.open = false;
    if (!except.length) this.#toggleList(false);
  }

  #toggleList(open) {
    if (this.list.classList.toggle("open", open)) this.list.querySelector("button").focus();
  }

  #drawHeader() {
    const actions = {
      onMenu: () => this.#toggleList(),
      onSignOut: () => this.#signOut(),
      onPlan: (id) => {
        this.#closeMenus([]);
        this.chat.showPlan(id);
      },
      onAdvice: () => this.advice.toggle(),
    };
    const state = { health: this.#health, profile: this.#profile, waiting: this.#waiting, recommended: this.#recommended };
    morph(this.header, headerView({ ...state, ...actions }));
  }

  /** Recommendations are made of the catalog: who can't read it gets none. */
  #countAdvice() {
    if (this.#profile.permissions.includes("catalog.read")) this.advice.count();
  }

  /** The plans that wait for this person; asked for again after decisions and when the page is looked at again. */
  async #loadWaiting() {
    this.#waiting = await json(`${ASSISTANT}/plans?waiting_for_me=true&limit=${MOST_WAITING}`).catch(() => NOTHING);
    if (this.#profile) this.#drawHeader();
  }

  #onLook = () => {
    if (!this.#profile) return;
    const isVisible = document.visibilityState === "visible";
    this.advice.look(isVisible);
    if (!isVisible) return;
    this.#loadWaiting();
    this.#countAdvice();
    this.chat.refresh();
  };

  async #loadHealth() {
    this.#health = await json("api/racine/orchestration/health").catch(() => ({ status: "unknown" }));
    if (this.#profile) this.#drawHeader();
  }

  async #loadList(cursor) {
    try {
      const query = cursor ? `?cursor=${encodeURIComponent(cursor)}` : "";
      const page = await json(`${ASSISTANT}/list-conversations${query}`);
      this.#list = { ...page, items: cursor ? [...this.#list.items, ...page.items] : page.items, loaded: true };
    } catch (error) {
      this.#list = { ...this.#list, problem: asProblem(error) };
    }
    if (this.#profile) this.#drawList();
  }

  #drawList() {
    const view = sidebarView({
      list: this.#list,
      currentId: this.chat.id,
      onNew: () => this.#go(null),
      onOpen: (id) => this.#go(id),
      onDelete: (item) => this.#delete(item),
      onMore: () => this.#loadList(this.#list.next_cursor),
    });
    morphChildren(this.list, [view]);
  }

  async #delete({ id, title }) {
    const confirmed = await confirmDialog(this.page, {
      title: "Delete this conversation?",
      text: `“${title || "Untitled"}” is erased everywhere. What its plans have changed stays as it is.`,
      action: "Delete",
    });
    if (!confirmed) return;
    try {
      await request(`${ASSISTANT}/delete-conversation`, { body: { conversation_id: id } });
      if (id === this.chat.id) this.#go(null);
      await this.#loadList();
    } catch (error) {
      this.#list = { ...this.#list, problem: asProblem(error) };
      this.#drawList();
    }
  }

  // --- which conversation

  #go(id) {
    this.#toggleList(false);
    const route = id ? ROUTE + encodeURIComponent(id) : "";
    if (!this.#ownsAddress || location.hash === route) return this.#open(id);
    history.pushState(null, "", location.pathname + route);
    return this.#open(id);
  }

  #onRoute = () => {
    if (!this.#profile) return;
    const isRouted = this.#ownsAddress && location.hash.startsWith(ROUTE);
    this.#open(isRouted ? decodeURIComponent(location.hash.slice(ROUTE.length)) : null);
  };

  #open(id) {
    this.chat.open(id);
    this.#drawList();
  }

  #onChange(conversation) {
    const route = ROUTE + encodeURIComponent(conversation.id);
    if (this.#ownsAddress && conversation.id && conversation.id === this.chat.id && location.hash !== route)
      history.replaceState(null, "", route);
    this.#loadList();
    this.#loadWaiting();
  }
}

customElements.define("racine-assistant", RacineAssistant);
