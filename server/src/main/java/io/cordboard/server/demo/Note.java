// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.demo;

import java.util.List;

/**
 * What an agent of a demo writes down. Immutable.
 *
 * @param disposition the outcome
 * @param text what was said
 */
record Note(String disposition, String text) {
    static final List<Note> ALL = List.of(
            new Note("Solved", "Спрашивал, когда придёт заказ. Придёт в четверг."),
            new Note("Call back", "Ждёт счёт на новый адрес, перезвонить в пятницу."),
            new Note("Sale", "Заказ на две лампы, доставка по прежнему адресу."),
            new Note("Complaint", "Коробка пришла помятой, просит замену."),
            new Note("Solved", "Напомнили пароль от личного кабинета."));
}
