import { type Html, html } from '../../web/html.ts';
import type { ViewContext } from './view-context.ts';

const photoForm = ({ words, formId }: ViewContext, camera: boolean): Html =>
  html`<form class="photo${camera ? ' scripted' : ''}" method="post" action="/chat/photo" enctype="multipart/form-data">
<input type="hidden" name="deliveryId" value="${formId()}">
<label class="choice file"><span>${words(camera ? 'web.photo.take' : 'web.photo.choose')}</span><input type="file" name="photo" accept="image/*"${
    camera ? html` capture="environment"` : undefined
  } required></label>
<button class="primary plain">${words('web.photo.send')}</button>
</form>`;

/** The camera opens at once on a phone, so an existing picture needs a way of its own. */
export const photoView = (context: ViewContext): Html =>
  html`${photoForm(context, true)}${photoForm(context, false)}`;

/** Only with a script: there is no plain form for where somebody is. */
export const locationView = ({ words }: ViewContext): Html =>
  html`<p class="locate scripted"><button type="button" class="choice">${words('web.location.send')}</button></p>`;
