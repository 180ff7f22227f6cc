import '../../assets/theme.css';
import { startPanel } from '../../app/startPanel.ts';

void startPanel();
