// As much of XMLHttpRequest as clients that were made for browsers need in Node, over its fetch.
export class XMLHttpRequest {
  #method;
  #url;
  #headers = new Headers();
  #answer;
  readyState = 0;
  status = 0;
  response = null;
  responseType = '';

  open(method, url) {
    this.#method = method;
    this.#url = url;
  }

  setRequestHeader(name, value) {
    this.#headers.append(name, value);
  }

  getResponseHeader(name) {
    return this.#answer?.headers.get(name) ?? null;
  }

  getAllResponseHeaders() {
    return [...(this.#answer?.headers ?? [])].map(([name, value]) => `${name}: ${value}`).join('\r\n');
  }

  send(body) {
    void this.#exchange(body);
  }

  async #exchange(body) {
    try {
      this.#answer = await fetch(this.#url, { method: this.#method, headers: this.#headers, body });
      const all = await this.#answer.arrayBuffer();
      this.status = this.#answer.status;
      const text = () => new TextDecoder().decode(all);
      if (this.responseType === 'arraybuffer') this.response = all;
      else if (this.responseType === 'json') this.response = all.byteLength > 0 ? JSON.parse(text()) : null;
      else this.response = text();
    } catch {
      this.status = 0;
    }
    this.readyState = 4;
    this.onreadystatechange?.();
    this.onload?.();
    this.onloadend?.();
  }
}
