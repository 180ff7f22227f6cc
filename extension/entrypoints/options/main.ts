import '../../assets/theme.css';
import { createApp } from 'vue';
import OptionsApp from '../../app/OptionsApp.vue';
import { i18n } from '../../locales/i18n.ts';

createApp(OptionsApp).use(i18n).mount('#app');
