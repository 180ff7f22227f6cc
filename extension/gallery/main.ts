import { createApp } from 'vue';
import '../assets/theme.css';
import { i18n } from '../locales/i18n.ts';
import Gallery from './Gallery.vue';

createApp(Gallery).use(i18n).mount('#gallery');
